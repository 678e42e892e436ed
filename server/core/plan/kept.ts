// Things of ours that hold something foreign stay: deleting them would take the foreign thing along. They leave the diff
// and are listed with the reason.

import type { HostDiff, KindDiff } from '../diff/host-diff'
import type { Flow } from '../host/flow'
import { isOwnNic, type Domain } from '../host/domain'
import type { HostState } from '../host/host-state'
import { linkKey, type Link } from '../host/link'
import { isOurCookie } from '../naming'
import type { Kept } from './plan'

/** Reasons, by resource key; an absent key may go. */
type Reasons = ReadonlyMap<string, string>

export function keepForeign(diff: HostDiff, observed: HostState, hostId: string): { readonly diff: HostDiff; readonly kept: readonly Kept[] } {
  const bridges = reasons(diff.ovsBridges.removed, (bridge) => bridge.name, (bridge) => foreignOnOvsBridge(bridge.name, observed))
  const namespaces = reasons(diff.namespaces.removed, (namespace) => namespace.name, (namespace) => foreignInNamespace(namespace.name, observed))
  const links = reasons(diff.links.removed, linkKey, (link) => foreignOnLinuxBridge(link, observed, diff.domains.removed))
  const kept = [
    ...listKept('ovsBridges', 'OVS bridge', bridges, hostId),
    ...listKept('namespaces', 'namespace', namespaces, hostId),
    ...listKept('links', 'link', links, hostId),
  ]
  return {
    diff: {
      ...diff,
      ovsBridges: without(diff.ovsBridges, (bridge) => bridges.has(bridge.name)),
      namespaces: without(diff.namespaces, (namespace) => namespaces.has(namespace.name)),
      links: without(diff.links, (link) => links.has(linkKey(link))),
    },
    kept,
  }
}

function reasons<R>(removed: readonly R[], keyOf: (resource: R) => string, reasonOf: (resource: R) => string | null): Reasons {
  const entries = removed.map((resource) => [keyOf(resource), reasonOf(resource)] as const)
  return new Map(entries.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}

const without = <R>(part: KindDiff<R>, isKept: (resource: R) => boolean): KindDiff<R> => ({
  ...part,
  removed: part.removed.filter((resource) => !isKept(resource)),
})

function listKept(kind: Kept['kind'], noun: string, found: Reasons, hostId: string): Kept[] {
  return [...found].map(([key, reason]) => {
    const name = key.replace(/^\//, '')
    return { hostId, kind, key, label: `${noun} ${name}`, message: `${noun} ${name} stays: ${reason}, which is not ours.` }
  })
}

function foreignOnOvsBridge(bridge: string, observed: HostState): string | null {
  // A bridge's own port has its name and no mark.
  const port = observed.ovsPorts.find((candidate) => candidate.bridge === bridge && candidate.name !== bridge && candidate.owner === null)
  if (port) return `it holds port ${port.name}`
  const flow = observed.flows.find((candidate) => candidate.bridge === bridge && !isOurCookie(candidate.cookie) && !isDefaultFlow(candidate))
  return flow ? `it holds the flow table=${flow.table} priority=${flow.priority} ${flow.match || 'any'} with cookie ${flow.cookie}` : null
}

/** Open vSwitch itself puts this one into a standalone bridge. */
const isDefaultFlow = (flow: Flow): boolean =>
  flow.table === 0 && flow.priority === 0 && flow.match === '' && flow.actions === 'NORMAL' && /^0x0+$|^0$/.test(flow.cookie)

function foreignInNamespace(netns: string, observed: HostState): string | null {
  const link = observed.links.find((candidate) => candidate.netns === netns && candidate.name !== 'lo' && candidate.owner === null && !isDefaultDevice(candidate.name))
  return link ? `device ${link.name} lives in it` : null
}

/** Fallback tunnel devices that the kernel puts into every namespace once their module is loaded. */
const isDefaultDevice = (name: string): boolean => /^(tunl0|gre0|gretap0|erspan0|sit0|ip6tnl0|ip6gre0|ip_vti0|ip6_vti0|teql0|ifb[01])$/.test(name)

function foreignOnLinuxBridge({ netns, name, uplink }: Link, observed: HostState, going: readonly Domain[]): string | null {
  const ports = observed.links.filter((candidate) => candidate.netns === netns && candidate.master === name && candidate.owner === null)
  // The tap of a VM of ours is libvirt's and goes with the VM; the NIC that we put in goes free.
  const link = ports.find((port) => port.name !== uplink && !(port.type === 'tap' && !isForeignTap(port, observed, going)))
  return link ? `device ${link.name} is plugged into it` : null
}

/** Of a foreign VM, or plugged by somebody else into one of ours that stays. */
const isForeignTap = ({ name }: Link, { domains }: HostState, going: readonly Domain[]): boolean =>
  domains.some((domain) => !going.includes(domain) && domain.interfaces.some((nic) => nic.target === name && (domain.owner === null || !isOwnNic(nic))))
