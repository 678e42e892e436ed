// Kernel rows of all namespaces + OVSDB + ethtool → Link. Here it is decided what a device is (LinkType) and whose it is:
//
//   info_kind veth, bridge, vlan, vxlan → the same, tun → tap, unless the OVSDB calls that name an internal port: with the
//   userspace datapath those are tun devices too. No kind → physical (a NIC, lo). A veth that leads out of what is read is a NIC on a
//   host that has no other (a practice host), else it leads into somebody's container.

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
  const root = sources.namespaces.find(({ netns }) => netns === '')
  return sources.namespaces.flatMap((namespace) => namespace.links.map((row) => toLink(row, namespace, peers, sources, root)))
}

function toLink(row: LinkRow, namespace: NamespaceLinks, peers: ReadonlyMap<string, LinkRef>, sources: LinkSources, root: NamespaceLinks | undefined): Link {
  const key = `${namespace.netns}/${row.ifname}`
  const peer = peers.get(key) ?? null
  const offload = sources.txChecksum.get(key)
  const [bridge, vlan, vxlan] = [bridgeData(row), vlanData(row), vxlanData(row)]
  return {
    netns: namespace.netns,
    name: row.ifname,
    type: isAbandoned(row, namespace, sources) ? 'other' : linkType(row, peer, sources.ovsInternal, isUplink(row, namespace, root)),
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

/**
 * Whether a veth whose other end is nowhere to be seen is this host's way to the world, as a NIC is. It is not where there are real NICs;
 * where the other end is in a namespace that has a name here, which was not read; or in a bridge that is not ours, as of containers.
 */
function isUplink(row: LinkRow, { netns }: NamespaceLinks, root: NamespaceLinks | undefined): boolean {
  if (netns !== '' || !root || parseAlias(row.ifalias) !== null) return false
  if (root.links.some((link) => kindOf(link) === '' && link.ifname !== 'lo')) return false
  if (row.link_netnsid !== undefined && root.namespaceIds.some(({ nsid, name }) => nsid === row.link_netnsid && name !== null)) return false
  const master = root.links.find(({ ifname }) => ifname === row.master)
  return !master || kindOf(master) !== 'bridge' || parseAlias(master.ifalias) !== null
}

function linkType(row: LinkRow, peer: LinkRef | null, ovsInternal: ReadonlySet<string>, canBeNic: boolean): LinkType {
  const kind = kindOf(row)
  if (kind === 'bridge' || kind === 'vlan' || kind === 'vxlan') return kind
  if (kind === 'veth') return peer === null && canBeNic ? 'physical' : 'veth'
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
