// What a host answers ARP for in the name of a router: a floating IP, as a way to the router that translates it (a distributed one's) or as an address of the
// router's way out; and the router's own addresses. What is read has no mark of its own there; it lives where nothing else of ours has an address.

import type { IpAddress, Route } from './ip'

/** In the namespace of the external network, by the pair of devices that leads to the router. */
export const isFloatingRoute = ({ netns, link, destination }: Pick<Route, 'netns' | 'link' | 'destination'>): boolean =>
  netns.startsWith('fip-') && destination.endsWith('/32') && (link?.startsWith('fpr-') ?? false)

/** In a namespace of the router, on one of its ports; `qg-` has floating IPs, too. */
export const isRouterAddress = ({ netns, link, cidr }: Pick<IpAddress, 'netns' | 'link' | 'cidr'>): boolean =>
  /^(?:qrouter|snat)-/.test(netns) && /^(?:q[gr]|sg)-/.test(link) && !cidr.includes(':')

/** Where a host answers for one. */
export interface AnsweredPlace {
  readonly netns: string
  readonly link: string
  readonly address: string
  /** 32 of a floating IP. */
  readonly prefixLength: string
}

const KEYS: readonly RegExp[] = [
  /^(?<netns>fip-[^/]+)\/main\/unicast\/(?<address>[\d.]+)\/(?<prefixLength>32)\/(?<link>fpr-[^/]+)\//,
  /^(?<netns>(?:qrouter|snat)-[^/]+)\/(?<link>(?:q[gr]|sg)-[^/]+)\/(?<address>[\d.]+)\/(?<prefixLength>\d+)$/,
]

/** By the key of such a route or address; null: it is none. */
export function answeredPlaceOf(key: string): AnsweredPlace | null {
  for (const form of KEYS) {
    const { netns, link, address, prefixLength } = form.exec(key)?.groups ?? {}
    if (netns !== undefined && link !== undefined && address !== undefined && prefixLength !== undefined)
      return { netns, link, address, prefixLength }
  }
  return null
}
