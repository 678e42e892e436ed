// Which veth end belongs to which, over all namespaces of a host. The kernel says: the peer has ifindex `link_index` in the
// namespace that *this* namespace knows as `link_netnsid` (or in this one, when that is absent). Names are never compared
// across namespaces: they are cut at 15 characters and reused.
//
//   root: {"ifindex":15,"link_index":14,"ifname":"tap1","link_netnsid":0}   nsid 0 is qdhcp-…
//   qdhcp-…: {"ifindex":14,"link_index":15,"ifname":"ns-1","link_netnsid":0}   nsid 0 has no name here: it is the root

import { kindOf, type LinkRow } from './ip/link'
import type { NamespaceId } from './ip/namespace-id'

export interface NamespaceLinks {
  /** '' is the root namespace. */
  readonly netns: string
  readonly links: readonly LinkRow[]
  /** Ids as seen from inside this namespace. */
  readonly namespaceIds: readonly NamespaceId[]
}

export interface LinkRef {
  readonly netns: string
  readonly name: string
}

/** Devices of one namespace. A host has thousands, and each may name another: nobody goes through the list for one. */
export interface LinkIndex {
  readonly byName: ReadonlyMap<string, LinkRow>
  readonly byIfindex: ReadonlyMap<number, LinkRow>
}

export const indexLinks = (links: readonly LinkRow[]): LinkIndex => ({
  byName: new Map(links.map((link) => [link.ifname, link])),
  byIfindex: new Map(links.map((link) => [link.ifindex, link])),
})

/** Peer ifindex: given as a number, or by name where it sits in the same namespace. */
export function peerIndex(link: LinkRow, sameNamespace: LinkIndex): number | undefined {
  if (link.link_index !== undefined) return link.link_index
  return link.link ? sameNamespace.byName.get(link.link)?.ifindex : undefined
}

type Indexed = NamespaceLinks & { readonly index: LinkIndex }

/** Peer of each veth end by `netns/name`; an end whose peer cannot be seen is absent. */
export function pairLinks(namespaces: readonly NamespaceLinks[]): ReadonlyMap<string, LinkRef> {
  const byName = new Map(
    namespaces.map((namespace): [string, Indexed] => [namespace.netns, { ...namespace, index: indexLinks(namespace.links) }]),
  )
  const peers = new Map<string, LinkRef>()
  for (const { from, link } of vethEnds([...byName.values()])) {
    const namespace = peerNamespace(from, link, byName)
    if (namespace) connect(peers, from, link, namespace)
  }
  // The other direction: an end that cannot name its peer's namespace is known by the end that points at it.
  for (const [key, peer] of new Map(peers)) {
    const back = `${peer.netns}/${peer.name}`
    const slash = key.indexOf('/')
    if (!peers.has(back)) peers.set(back, { netns: key.slice(0, slash), name: key.slice(slash + 1) })
  }
  return peers
}

const vethEnds = (namespaces: readonly Indexed[]) =>
  namespaces.flatMap((from) => from.links.filter((link) => kindOf(link) === 'veth').map((link) => ({ from, link })))

function peerNamespace(from: Indexed, link: LinkRow, byName: ReadonlyMap<string, Indexed>): Indexed | undefined {
  if (link.link_netnsid === undefined) return from
  const id = from.namespaceIds.find(({ nsid }) => nsid === link.link_netnsid)
  return id?.name ? byName.get(id.name) : undefined
}

function connect(peers: Map<string, LinkRef>, from: Indexed, link: LinkRow, to: Indexed): void {
  const peer = to.index.byIfindex.get(peerIndex(link, from.index) ?? 0)
  // Both ends must agree; an index alone may have been reused while the host was being read.
  if (!peer || kindOf(peer) !== 'veth' || peerIndex(peer, to.index) !== link.ifindex) return
  peers.set(`${from.netns}/${link.ifname}`, { netns: to.netns, name: peer.ifname })
}
