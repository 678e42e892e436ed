// Everything inside a host as one index, with the wires between the things: what the host view highlights and what the
// inspector lists as related. Pure.

import type { HostInside, InsideDomain, InsideLink, InsideNamespace, InsideOvsBridge, InsideOvsPort } from '@/server/core/api-types'
import { titleOf } from '@/server/core/host/domain'
import type { Owner } from '@/server/core/naming'

export type InsideItem =
  | { readonly kind: 'link'; readonly id: string; readonly link: InsideLink }
  | { readonly kind: 'ovs-port'; readonly id: string; readonly port: InsideOvsPort }
  | { readonly kind: 'ovs-bridge'; readonly id: string; readonly bridge: InsideOvsBridge }
  | { readonly kind: 'namespace'; readonly id: string; readonly namespace: InsideNamespace }
  | { readonly kind: 'domain'; readonly id: string; readonly domain: InsideDomain }

export type InsideIndex = ReadonlyMap<string, InsideItem>

export const linkItemId = (link: string): string => `link:${link}`
export const portItemId = (port: string): string => `port:${port}`
export const bridgeItemId = (bridge: string): string => `bridge:${bridge}`
export const namespaceItemId = (name: string): string => `netns:${name}`
export const domainItemId = (uuid: string): string => `vm:${uuid}`

export function indexInside(inside: HostInside): InsideIndex {
  const links = inside.namespaces.flatMap((namespace) => [
    ...namespace.bridges.flatMap(({ bridge, ports }) => [bridge, ...ports]),
    ...namespace.links,
  ])
  const items: InsideItem[] = [
    ...links.map((link) => ({ kind: 'link' as const, id: linkItemId(link.id), link })),
    ...inside.ovsBridges.map((bridge) => ({ kind: 'ovs-bridge' as const, id: bridgeItemId(bridge.name), bridge })),
    ...inside.ovsBridges.flatMap(({ ports }) => ports.map((port) => ({ kind: 'ovs-port' as const, id: portItemId(port.id), port }))),
    ...inside.namespaces.map((namespace) => ({ kind: 'namespace' as const, id: namespaceItemId(namespace.name), namespace })),
    ...inside.domains.map((domain) => ({ kind: 'domain' as const, id: domainItemId(domain.uuid), domain })),
  ]
  return new Map(items.map((item) => [item.id, item]))
}

/** The other ends of an item's wires: veth peer, patch peer, the same device in Open vSwitch, the VM behind a tap. */
function wireEnds(item: InsideItem): string[] {
  switch (item.kind) {
    case 'link':
      return [
        ...(item.link.peer ? [linkItemId(item.link.peer)] : []),
        ...(item.link.ovsPort ? [portItemId(`${item.link.ovsPort.bridge}/${item.link.ovsPort.name}`)] : []),
        ...(item.link.domain ? [domainItemId(item.link.domain)] : []),
      ]
    case 'ovs-port':
      return [...(item.port.peer ? [portItemId(item.port.peer)] : []), ...(item.port.link ? [linkItemId(item.port.link)] : [])]
    case 'domain':
      return item.domain.interfaces.flatMap(({ link }) => (link ? [linkItemId(link)] : []))
    case 'ovs-bridge':
    case 'namespace':
      return []
  }
}

/** What an item is plugged into or lives in. */
function containers(item: InsideItem): string[] {
  switch (item.kind) {
    case 'link':
      return [item.link.master ? linkItemId(`${item.link.netns}/${item.link.master}`) : namespaceItemId(item.link.netns)]
    case 'ovs-port':
      return [bridgeItemId(item.port.bridge)]
    default:
      return []
  }
}

/** Next to it, one step away, that the reading has. */
export function relatedItems(index: InsideIndex, id: string): InsideItem[] {
  const item = index.get(id)
  if (!item) return []
  const ids = new Set([...wireEnds(item), ...containers(item)])
  return [...ids].flatMap((each) => index.get(each) ?? [])
}

/** Everything on the same wire, ends included; bridges end it, since behind them is everybody. */
export function wireOf(index: InsideIndex, id: string | null): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = id === null ? [] : [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const item = index.get(next)
    if (!item || seen.has(next)) continue
    seen.add(next)
    // A VM starts a wire per interface; from one wire the others are not lit.
    if (item.kind !== 'domain' || next === id) waiting.push(...wireEnds(item))
  }
  return seen
}

export const itemName = (item: InsideItem): string => {
  switch (item.kind) {
    case 'link':
      return item.link.name
    case 'ovs-port':
      return item.port.name
    case 'ovs-bridge':
      return item.bridge.name
    case 'namespace':
      return item.namespace.name || 'root namespace'
    case 'domain':
      return titleOf(item.domain)
  }
}

/** What every record says about whose it is. */
interface OwnedRecord {
  readonly owner: Owner | null
  readonly isOurs: boolean
}

/** The record behind an item, as it was read. */
export function itemRecord(item: InsideItem): OwnedRecord {
  switch (item.kind) {
    case 'link':
      return item.link
    case 'ovs-port':
      return item.port
    case 'ovs-bridge':
      return item.bridge
    case 'namespace':
      return item.namespace
    case 'domain':
      return item.domain
  }
}
