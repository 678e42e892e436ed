// Kernel rows of all namespaces + OVSDB + ethtool → Link. Here it is decided what a device is (LinkType) and whose it is:
//
//   info_kind veth, bridge, vlan, vxlan → the same, tun → tap, unless the OVSDB calls that name an internal port: with the
//   userspace datapath those are tun devices too. No kind → physical (a NIC, lo).

import type { Link, LinkFacts, LinkType } from '../host/link'
import type { NetworkNamespace } from '../host/namespace'
import { parseAlias, parseUplink } from '../naming'
import { bridgeData, kindOf, vlanData, vxlanData, type LinkRow } from './ip/link'
import { pairLinks, peerIndex, type LinkRef, type NamespaceLinks } from './pair-links'

/** The local port of the userspace datapath; the OVSDB does not list it. */
const USERSPACE_DATAPATH_DEVICE = 'ovs-netdev'
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/

export interface LinkSources {
  readonly namespaces: readonly NamespaceLinks[]
  /** Names of OVS interfaces of type internal. */
  readonly ovsInternal: ReadonlySet<string>
  /** `netns/name` → ethtool's tx-checksumming. */
  readonly txChecksum: ReadonlyMap<string, boolean>
}

export function buildLinks(sources: LinkSources): Link[] {
  const peers = pairLinks(sources.namespaces)
  return sources.namespaces.flatMap((namespace) => namespace.links.map((row) => toLink(row, namespace, peers, sources)))
}

function toLink(row: LinkRow, namespace: NamespaceLinks, peers: ReadonlyMap<string, LinkRef>, sources: LinkSources): Link {
  const key = `${namespace.netns}/${row.ifname}`
  const peer = peers.get(key) ?? null
  const offload = sources.txChecksum.get(key)
  const [bridge, vlan, vxlan] = [bridgeData(row), vlanData(row), vxlanData(row)]
  return {
    netns: namespace.netns,
    name: row.ifname,
    type: isAbandoned(row, namespace, sources) ? 'other' : linkType(row, peer, sources.ovsInternal),
    owner: parseAlias(row.ifalias),
    isUp: row.flags.includes('UP'),
    mtu: row.mtu,
    ...(row.address !== undefined && MAC.test(row.address) ? { macAddress: row.address } : {}),
    isPromiscuous: row.flags.includes('PROMISC'),
    master: row.master ?? null,
    ...(kindOf(row) === 'veth' ? { peer } : {}),
    ...(bridge ? { bridge, uplink: parseUplink(row.ifalias) } : {}),
    ...(vlan ? { vlan } : {}),
    ...(vxlan ? { vxlan } : {}),
    ...(offload === undefined ? {} : { hasTxChecksumOffload: offload }),
    observed: linkFacts(row, namespace.links),
  }
}

/**
 * A restarted userspace datapath opens its taps by name in the root namespace. One that had been moved into another
 * namespace it does not find, and makes anew; the old one stays where it was, with nobody behind it.
 */
function isAbandoned(row: LinkRow, { netns }: NamespaceLinks, { namespaces, ovsInternal }: LinkSources): boolean {
  if (netns === '' || kindOf(row) !== 'tun' || !ovsInternal.has(row.ifname)) return false
  const root = namespaces.find((namespace) => namespace.netns === '')
  return root?.links.some((link) => link.ifname === row.ifname) ?? false
}

function linkType(row: LinkRow, peer: LinkRef | null, ovsInternal: ReadonlySet<string>): LinkType {
  const kind = kindOf(row)
  if (kind === 'bridge' || kind === 'vlan' || kind === 'vxlan') return kind
  // A veth that leads out of what we can see is this host's way to the world, as a NIC is.
  if (kind === 'veth') return peer === null && parseAlias(row.ifalias) === null ? 'physical' : 'veth'
  if (kind === 'openvswitch') return 'ovs-internal'
  if (kind === 'tun') return ovsInternal.has(row.ifname) || row.ifname === USERSPACE_DATAPATH_DEVICE ? 'ovs-internal' : 'tap'
  return kind === '' ? 'physical' : 'other'
}

function linkFacts(row: LinkRow, sameNamespace: readonly LinkRow[]): LinkFacts {
  const stats = row.stats64 ?? row.stats
  const linkIndex = peerIndex(row, sameNamespace)
  return {
    ifindex: row.ifindex,
    kind: kindOf(row),
    operState: row.operstate,
    alias: row.ifalias ?? '',
    ...(linkIndex === undefined ? {} : { linkIndex }),
    ...(row.link_netnsid === undefined ? {} : { linkNetnsId: row.link_netnsid }),
    rxPackets: stats?.rx.packets ?? 0,
    txPackets: stats?.tx.packets ?? 0,
    rxDropped: stats?.rx.dropped ?? 0,
    txDropped: stats?.tx.dropped ?? 0,
  }
}

/** Namespaces other than the root; ours by the alias of their `lo`. */
export function buildNamespaces(namespaces: readonly NamespaceLinks[]): NetworkNamespace[] {
  const root = namespaces.find(({ netns }) => netns === '')
  return namespaces
    .filter(({ netns }) => netns !== '')
    .map(({ netns, links }) => {
      const nsid = root?.namespaceIds.find(({ name }) => name === netns)?.nsid
      const owner = parseAlias(links.find(({ ifname }) => ifname === 'lo')?.ifalias)
      return { name: netns, owner, ...(nsid === undefined || nsid === null ? {} : { nsid }) }
    })
}
