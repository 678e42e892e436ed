// What a host still has of a desired state when it has booted: rows of the OVSDB, definitions of libvirt, files. Devices,
// flows, namespaces, addresses, rules, iptables and whatever ran are gone (reference §19, rule 3). The difference to the
// desired state is what a restore has to bring back.

import { emptyHostState, type HostState } from '../host/host-state'

export function survivesRestart(desired: HostState): HostState {
  return {
    ...emptyHostState,
    // The NIC comes back by itself; what we adjust on it does not. Internal ports come back as bare as new ones.
    links: desired.links.filter(({ type }) => type === 'physical').map(({ netns, name, type }) => ({ netns, name, type, owner: null })),
    ovsBridges: desired.ovsBridges,
    ovsPorts: desired.ovsPorts,
    dnsmasq: desired.dnsmasq.map((instance) => ({ ...instance, argv: [], isRunning: false })),
    domains: desired.domains.map((domain) => ({ ...domain, isRunning: false })),
    restoreUnits: desired.restoreUnits,
  }
}
