// dnsmasq instances (ours by their directory) and libvirt domains (ours by their metadata).

import { dnsmasqKey, type DnsmasqInstance } from '../../host/dnsmasq'
import { domainKey, type Domain, type DomainInterface } from '../../host/domain'
import type { VmBoot } from '../../topology/topology'
import { compareFields } from '../compare-fields'
import type { KindSpec } from '../host-diff'

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
  boot.kind === 'kernel' ? [boot.kernel, boot.initrd, boot.cmdline].join(' ') : `${boot.path} (${boot.format})`

export const domainSpec: KindSpec<Domain> = {
  key: domainKey,
  label: (domain) => `VM ${domain.title || domain.name}`,
  isOurs: (domain) => domain.owner !== null,
  compare: (desired, observed) =>
    compareFields([
      ['running', desired.isRunning, observed.isRunning],
      ['memory (MiB)', desired.memoryMib, observed.memoryMib],
      ['vcpus', desired.vcpus, observed.vcpus],
      ['virtualisation', desired.virtType, observed.virtType],
      ['boot', desired.boot && printBoot(desired.boot), observed.boot && printBoot(observed.boot)],
      ['interfaces', desired.interfaces.map(printInterface), observed.interfaces.map(printInterface)],
      ['guest agent', desired.hasGuestAgent, observed.hasGuestAgent],
    ]),
}
