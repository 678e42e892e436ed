// Kernel rows of all namespaces + OVSDB + ethtool → Link. Here it is decided what a device is (LinkType) and whose it is:
//
//   info_kind veth, bridge, vlan, vxlan → the same, tun → tap, unless the OVSDB calls that name an internal port: with the
//   userspace datapath those are tun devices too. No kind → physical (a NIC, lo). A veth that leads out of what is read is a NIC on a
//   host that has no other (a practice host), else it leads into somebody's container.

import type { Link, LinkFacts, LinkType } from '../host/link'
import type { NetworkNamespace } from '../host/namespace'
import { parseAlias, parseUplink } from '../naming'
import { bridgeData, kindOf, unmodelledOf, vlanData, vxlanData, type LinkRow } from './ip/link'
import { indexLinks, pairLinks, peerIndex, type LinkIndex, type LinkRef, type NamespaceLinks } from './pair-links'

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
  const root = sources.namespaces.find(({ netns }) => netns === '')
  const context: Context = { ...sources, peers: pairLinks(sources.namespaces), root: root && describeRoot(root) }
  return sources.namespaces.flatMap(({ netns, links }) => {
    const place: Place = { netns, index: indexLinks(links) }
    return links.map((row) => toLink(row, place, context))
  })
}

interface Context extends LinkSources {
  readonly peers: ReadonlyMap<string, LinkRef>
  readonly root: Root | undefined
}

/** What every device is held against. */
interface Root {
  readonly byName: LinkIndex['byName']
  readonly hasNic: boolean
  /** Ids of namespaces that have a name here. */
  readonly namedIds: ReadonlySet<number>
}

/** A device's own namespace. */
interface Place {
  readonly netns: string
  readonly index: LinkIndex
}

const describeRoot = ({ links, namespaceIds }: NamespaceLinks): Root => ({
  byName: indexLinks(links).byName,
  hasNic: links.some((link) => kindOf(link) === '' && link.ifname !== 'lo'),
  namedIds: new Set(namespaceIds.flatMap(({ nsid, name }) => (name === null ? [] : [nsid]))),
})

function toLink(row: LinkRow, { netns, index }: Place, context: Context): Link {
  const key = `${netns}/${row.ifname}`
  const peer = context.peers.get(key) ?? null
  const offload = context.txChecksum.get(key)
  const [bridge, vlan, vxlan] = [bridgeData(row), vlanData(row), vxlanData(row)]
  return {
    netns,
    name: row.ifname,
    type: isAbandoned(row, netns, context) ? 'other' : linkType(row, peer, context.ovsInternal, isUplink(row, netns, context.root)),
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
    observed: linkFacts(row, index),
  }
}

/**
 * A restarted userspace datapath opens its taps by name in the root namespace. One that had been moved into another
 * namespace it does not find, and makes anew; the old one stays where it was, with nobody behind it.
 */
function isAbandoned(row: LinkRow, netns: string, { root, ovsInternal }: Context): boolean {
  if (netns === '' || kindOf(row) !== 'tun' || !ovsInternal.has(row.ifname)) return false
  return root?.byName.has(row.ifname) ?? false
}

/**
 * Whether a veth whose other end is nowhere to be seen is this host's way to the world, as a NIC is. It is not where there are real NICs;
 * where the other end is in a namespace that has a name here, which was not read; or in a bridge that is not ours, as of containers.
 */
function isUplink(row: LinkRow, netns: string, root: Root | undefined): boolean {
  if (netns !== '' || !root || parseAlias(row.ifalias) !== null) return false
  if (root.hasNic) return false
  if (row.link_netnsid !== undefined && root.namedIds.has(row.link_netnsid)) return false
  const master = row.master === undefined ? undefined : root.byName.get(row.master)
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

function linkFacts(row: LinkRow, sameNamespace: LinkIndex): LinkFacts {
  const stats = row.stats64 ?? row.stats
  const linkIndex = peerIndex(row, sameNamespace)
  const unmodelled = unmodelledOf(row, sameNamespace.byName.get(row.master ?? ''))
  return {
    ifindex: row.ifindex,
    kind: kindOf(row),
    operState: row.operstate,
    alias: row.ifalias ?? '',
    ...(linkIndex === undefined ? {} : { linkIndex }),
    ...(row.link_netnsid === undefined ? {} : { linkNetnsId: row.link_netnsid }),
    ...(unmodelled.length === 0 ? {} : { unmodelled }),
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
