// NICs of ours whose tap is gone while their VM is on. Libvirt makes a tap when it plugs a NIC in, and never again: the guest has a card that leads
// nowhere, and a definition that looks as it should.

import { isOwnNic, type Domain, type DomainInterface } from '../host/domain'
import type { HostState } from '../host/host-state'

export function withCutOffNics(observed: HostState): HostState {
  const there = new Set(observed.links.filter(({ netns }) => netns === '').map(({ name }) => name))
  const isCutOff = (nic: DomainInterface): boolean => isOwnNic(nic) && nic.target !== null && !there.has(nic.target)
  const told = (domain: Domain): Domain => {
    if (!domain.isRunning || !domain.interfaces.some(isCutOff)) return domain
    return { ...domain, interfaces: domain.interfaces.map((nic) => (isCutOff(nic) ? { ...nic, isCutOff: true } : nic)) }
  }
  return { ...observed, domains: observed.domains.map(told) }
}
