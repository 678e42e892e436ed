// How a host has a floating IP: as a way to the router that translates it (a distributed one's), or as an address of the router's way out. What is read
// has no mark of its own there; it lives where nothing else of ours is a single address.

import type { IpAddress, Route } from './ip'

/** In the namespace of the external network, by the pair of devices that leads to the router. */
export const isFloatingRoute = ({ netns, link, destination }: Pick<Route, 'netns' | 'link' | 'destination'>): boolean =>
  netns.startsWith('fip-') && destination.endsWith('/32') && (link?.startsWith('fpr-') ?? false)

/** In the router's namespace, on `qg-`. */
export const isFloatingAddress = ({ netns, link, cidr }: Pick<IpAddress, 'netns' | 'link' | 'cidr'>): boolean =>
  netns.startsWith('qrouter-') && link.startsWith('qg-') && cidr.endsWith('/32')

/** Where a host answers for one. */
export interface FloatingPlace {
  readonly netns: string
  readonly link: string
  readonly address: string
}

const KEYS: readonly RegExp[] = [
  /^(?<netns>fip-[^/]+)\/main\/unicast\/(?<address>[\d.]+)\/32\/(?<link>fpr-[^/]+)\//,
  /^(?<netns>qrouter-[^/]+)\/(?<link>qg-[^/]+)\/(?<address>[\d.]+)\/32$/,
]

/** By the key of such a route or address; null: it is none. */
export function floatingPlaceOf(key: string): FloatingPlace | null {
  for (const form of KEYS) {
    const { netns, link, address } = form.exec(key)?.groups ?? {}
    if (netns !== undefined && link !== undefined && address !== undefined) return { netns, link, address }
  }
  return null
}
