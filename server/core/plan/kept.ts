// Things of ours that hold something foreign stay: deleting them would take the foreign thing along. They leave the diff
// and are listed with the reason.

import type { HostDiff, KindDiff } from '../diff/kind-diff'
import type { Coded } from '../finding'
import { isDefaultFlow } from '../host/flow'
import { isOwnNic, type Domain } from '../host/domain'
import type { HostState, HostStateKind } from '../host/host-state'
import { ipsetKey, type Ipset } from '../host/ipset'
import { isOurChain } from '../host/iptables'
import { linkKey, type Link } from '../host/link'
import { isOwnPort, ovsPortKey } from '../host/ovs'
import { isOurCookie } from '../naming'
import type { Kept, KeptParams } from './plan-params'

type Keeping = Coded<KeptParams>
/** What keeps it, by resource key; an absent key may go. */
type Reasons = ReadonlyMap<string, Keeping>

export function keepForeign(diff: HostDiff, observed: HostState): { readonly diff: HostDiff; readonly kept: readonly Kept[] } {
  const bridges = reasons(
    diff.ovsBridges.removed,
    (bridge) => bridge.name,
    (bridge) => foreignOnOvsBridge(bridge.name, observed, diff),
  )
  const namespaces = reasons(
    diff.namespaces.removed,
    (namespace) => namespace.name,
    (namespace) => foreignInNamespace(namespace.name, observed, diff),
  )
  const sets = reasons(diff.ipsets.removed, ipsetKey, (set) => foreignRuleOf(set, observed))
  const links = reasons(diff.links.removed, linkKey, (link) => foreignOnLinuxBridge(link, observed, diff.domains.removed))
  return {
    diff: {
      ...diff,
      ovsBridges: without(diff.ovsBridges, (bridge) => bridges.has(bridge.name)),
      namespaces: without(diff.namespaces, (namespace) => namespaces.has(namespace.name)),
      links: without(diff.links, (link) => links.has(linkKey(link))),
      ipsets: without(diff.ipsets, (set) => sets.has(ipsetKey(set))),
    },
    kept: [
      ...listKept('ovsBridges', bridges),
      ...listKept('namespaces', namespaces),
      ...listKept('links', links),
      ...listKept('ipsets', sets),
    ],
  }
}

function reasons<R>(removed: readonly R[], keyOf: (resource: R) => string, reasonOf: (resource: R) => Keeping | null): Reasons {
  return new Map(
    removed.flatMap((resource) => {
      const reason = reasonOf(resource)
      return reason ? [[keyOf(resource), reason] as const] : []
    }),
  )
}

const without = <R>(part: KindDiff<R>, isKept: (resource: R) => boolean): KindDiff<R> => ({
  ...part,
  removed: part.removed.filter((resource) => !isKept(resource)),
})

const listKept = (kind: HostStateKind, found: Reasons): Kept[] =>
  [...found].map(([key, keeping]) => ({ severity: 'note', subject: { kind, id: key, name: key.replace(/^\//, '') }, ...keeping }))

/** A mark alone does not make a thing go: another console may have put it there. */
function foreignOnOvsBridge(bridge: string, observed: HostState, { ovsPorts }: HostDiff): Keeping | null {
  const going = new Set(ovsPorts.removed.map(ovsPortKey))
  const port = observed.ovsPorts.find(
    (candidate) => candidate.bridge === bridge && !isOwnPort(candidate) && !going.has(ovsPortKey(candidate)),
  )
  if (port) return { code: 'bridge-kept-for-port', params: { port: port.name } }
  const flow = observed.flows.find(
    (candidate) => candidate.bridge === bridge && !isOurCookie(candidate.cookie) && !isDefaultFlow(candidate),
  )
  if (!flow) return null
  const { table, priority, match, cookie } = flow
  return { code: 'bridge-kept-for-flow', params: { table, priority, match, cookie } }
}

function foreignInNamespace(netns: string, observed: HostState, { links }: HostDiff): Keeping | null {
  const going = new Set(links.removed.map(linkKey))
  const link = observed.links.find(
    (candidate) =>
      candidate.netns === netns && candidate.name !== 'lo' && !going.has(linkKey(candidate)) && !isDefaultDevice(candidate.name),
  )
  return link ? { code: 'namespace-kept', params: { device: link.name } } : null
}

/** Fallback tunnel devices that the kernel puts into every namespace once their module is loaded. */
const isDefaultDevice = (name: string): boolean =>
  /^(tunl0|gre0|gretap0|erspan0|sit0|ip6tnl0|ip6gre0|ip_vti0|ip6_vti0|teql0|ifb[01])$/.test(name)

/** A rule of ours goes before the set, with its chain or as what it is. */
function foreignRuleOf({ netns, name }: Ipset, { iptables }: HostState): Keeping | null {
  const looksInto = (rule: string) => rule.includes(`--match-set ${name} `)
  const chain = iptables.find((each) => each.netns === netns && !isOurChain(each) && each.rules.some(looksInto))
  return chain ? { code: 'set-kept', params: { table: chain.table, chain: chain.chain, rule: chain.rules.find(looksInto) ?? '' } } : null
}

function foreignOnLinuxBridge({ netns, name, uplink }: Link, observed: HostState, going: readonly Domain[]): Keeping | null {
  const ports = observed.links.filter((candidate) => candidate.netns === netns && candidate.master === name && candidate.owner === null)
  // The tap of a VM of ours is libvirt's and goes with the VM; the NIC that we put in goes free.
  const link = ports.find((port) => port.name !== uplink && !(port.type === 'tap' && !isForeignTap(port, observed, going)))
  return link ? { code: 'link-kept', params: { device: link.name } } : null
}

/** Of a foreign VM, or plugged by somebody else into one of ours that stays. */
const isForeignTap = ({ name }: Link, { domains }: HostState, going: readonly Domain[]): boolean =>
  domains.some(
    (domain) =>
      !going.includes(domain) && domain.interfaces.some((nic) => nic.target === name && (domain.owner === null || !isOwnNic(nic))),
  )
