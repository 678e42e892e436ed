// dnsmasq instances (ours by their directory) and libvirt domains (ours by their metadata).

import { dnsmasqKey, type DnsmasqInstance } from '../../host/dnsmasq'
import { domainKey, isOwnNic, type Domain, type DomainInterface } from '../../host/domain'
import type { VmBoot, VmDisk } from '../../topology/topology'
import { compareFields } from '../compare-fields'
import type { Changed, KindSpec } from '../host-diff'

export const dnsmasqSpec: KindSpec<DnsmasqInstance> = {
  key: dnsmasqKey,
  label: (instance) => `dnsmasq in ${instance.netns}`,
  isOurs: () => true,
  compare: (desired, observed) => [
    ...compareFields([
      ['running', desired.isRunning, observed.isRunning],
      // A stopped instance has no arguments to compare; it is started with the right ones.
      ['arguments', observed.isRunning ? desired.argv.join(' ') : undefined, observed.argv.join(' ')],
    ]),
    ...compareFields(
      Object.entries(desired.files).map(([name, text]) => [`file ${name}`, text, observed.files[name] ?? '']),
    ),
  ],
}

const printInterface = (nic: DomainInterface): string =>
  [nic.type, nic.source, nic.target, nic.macAddress, nic.mtu, nic.model].join(' ')

const printBoot = (boot: VmBoot): string =>
  boot.kind === 'kernel' ? [boot.kernel, boot.initrd, boot.cmdline, ...(boot.disk ? [printDisk(boot.disk)] : [])].join(' ') : `${boot.path} (${boot.format})`

const printDisk = ({ path, format, isReadOnly }: VmDisk): string => `${path} (${format}${isReadOnly ? ', read-only' : ''})`

export const domainSpec: KindSpec<Domain> = {
  key: domainKey,
  label: (domain) => `VM ${domain.title || domain.name}`,
  isOurs: (domain) => domain.owner !== null,
  compare: (desired, observed) => {
    const wanted = desired.interfaces.filter(isOwnNic)
    const macs = new Set(wanted.map(({ macAddress }) => macAddress))
    // What another NIC is to us (rule DIFF-11) ends where it has the place of one of ours.
    const found = observed.interfaces.filter((nic) => isOwnNic(nic) || macs.has(nic.macAddress))
    return compareFields([
      ['running', desired.isRunning, observed.isRunning],
      ['memory (MiB)', desired.memoryMib, observed.memoryMib],
      ['vcpus', desired.vcpus, observed.vcpus],
      ['virtualisation', desired.virtType, observed.virtType],
      ['boot', desired.boot && printBoot(desired.boot), observed.boot && printBoot(observed.boot)],
      ['interfaces', wanted.map(printInterface), found.map(printInterface)],
      ['guest agent', desired.hasGuestAgent, observed.hasGuestAgent],
    ])
  },
}

/** NICs that come to a VM and go from it; a NIC is told by its MAC address. */
export interface NicChange {
  readonly added: readonly DomainInterface[]
  readonly removed: readonly DomainInterface[]
}

/**
 * What can be plugged without touching the VM: NICs that are only there or not there. null where the change is another one, also
 * of a NIC that stays: the guest would keep the device and not learn of its new MTU, so the VM is built anew (rule PLAN-15).
 */
export function nicChangeOf({ from, to, fields }: Changed<Domain>): NicChange | null {
  if (fields.length !== 1 || fields[0]!.field !== 'interfaces' || !from.isRunning) return null
  const [had, wanted] = [byMac(from), byMac(to)]
  const isSame = to.interfaces.every((nic) => !had.has(nic.macAddress) || printInterface(had.get(nic.macAddress)!) === printInterface(nic))
  if (!isSame) return null
  return {
    added: to.interfaces.filter((nic) => isOwnNic(nic) && !had.has(nic.macAddress)),
    removed: from.interfaces.filter((nic) => isOwnNic(nic) && !wanted.has(nic.macAddress)),
  }
}

/** A difference only in whether it runs needs no new definition. */
export const isOnlyStopped = ({ fields }: Changed<Domain>): boolean => fields.length === 1 && fields[0]!.field === 'running'

/** Defined anew: what neither starting nor plugging mends. */
export const isRebuilt = (change: Changed<Domain>): boolean => !isOnlyStopped(change) && nicChangeOf(change) === null

/** NICs whose taps go with a change. */
export const lostNics = (change: Changed<Domain>): readonly DomainInterface[] => (isRebuilt(change) ? change.from.interfaces : (nicChangeOf(change)?.removed ?? []))

const byMac = ({ interfaces }: Domain): ReadonlyMap<string, DomainInterface> => new Map(interfaces.map((nic) => [nic.macAddress, nic]))
