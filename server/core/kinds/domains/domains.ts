// Libvirt domains, ours by their metadata.

import { compareFields } from '../../diff/compare-fields'
import { domainKey, isHalted, isOwnNic, titleOf, type Domain } from '../../host/domain'
import type { VmBoot, VmDisk } from '../../topology/kinds/vm/vm'
import type { Kind } from '../kind'
import { ownerText } from '../owner-text'
import { processesOf } from '../probe-processes'
import { LINK, linksDown, NAME, printInterface, STATE } from './domain-change'
import { nicOrderOf } from './nic-order'
import { startDomains, startGuard, stopDomains } from './start-and-stop'

export const domainKind: Kind<Domain> = {
  heading: 'Virtual machines',
  noun: 'VMs',
  key: domainKey,
  label: (domain) => `VM ${titleOf(domain)}`,
  isOurs: (domain) => domain.owner !== null,
  compare: (desired, observed) => {
    const wanted = desired.interfaces.filter(isOwnNic)
    const macs = new Set(wanted.map(({ macAddress }) => macAddress))
    // What another NIC is to us (rule DIFF-11) ends where it has the place of one of ours.
    const found = observed.interfaces.filter((nic) => isOwnNic(nic) || macs.has(nic.macAddress))
    const down = linksDown(observed, macs)
    const order = nicOrderOf(desired, observed)
    return compareFields([
      ['owner', ownerText(desired), ownerText(observed)],
      [NAME, desired.title, observed.title],
      ['running', desired.isRunning, observed.isRunning],
      [STATE, desired.isRunning && isHalted(observed) ? 'running' : undefined, observed.state?.name],
      [LINK, down.map((mac) => `${mac} up`), down.map((mac) => `${mac} down`)],
      ['memory (MiB)', desired.memoryMib, observed.memoryMib],
      ['vcpus', desired.vcpus, observed.vcpus],
      ['virtualisation', desired.virtType, observed.virtType],
      ['boot', desired.boot && printBoot(desired.boot), observed.boot && printBoot(observed.boot)],
      ['interfaces', wanted.map(printInterface), found.map(printInterface)],
      ['NIC order', order?.wanted, order?.found],
      ['guest agent', desired.hasGuestAgent, observed.hasGuestAgent],
    ])
  },
  isRemembered: true,
  sections: [{ name: 'virsh' }, { name: 'domains' }],
  steps: [
    {
      name: 'domains.stop',
      // The kernel takes what stands on a tap along with it, and a command for something that is gone would fail.
      after: ['links.removeFromTaps'],
      render: stopDomains,
      restore: 'never',
    },
    {
      name: 'domains.start',
      // A guest sends as soon as it is on: what it is plugged into is there, and filtered; and it asks for its address.
      after: ['links.add', 'sysctls.set', 'fdb.set', 'ovsPorts.connect', 'iptables.write', 'dnsmasq.start'],
      render: startDomains,
      restore: startGuard,
    },
  ],
  afterBoot: (domains) => domains.map((domain) => ({ ...domain, isRunning: false })),
  probes: [
    ['VM', 'virsh -q -c qemu:///system list --all --name'],
    ['process', processesOf('qemu-system', '-f')],
  ],
}

const printBoot = (boot: VmBoot): string =>
  boot.kind === 'kernel'
    ? [boot.kernel, boot.initrd, boot.cmdline, ...(boot.disk ? [printDisk(boot.disk)] : [])].join(' ')
    : `${boot.path} (${boot.format})`

const printDisk = ({ path, format, isReadOnly }: VmDisk): string => `${path} (${format}${isReadOnly ? ', read-only' : ''})`
