// Ways to tunnel addresses in other underlay subnets, where the host is told its neighbour there. Without that they are the host's own business. The NIC may be the
// host's, so the routes bear a mark.

import { traitsOf } from '../agents/agent-traits'
import { OUR_ROUTES, type Route } from '../host/ip'
import { underlayBridgeName } from '../naming'
import { isInCidr, makeCidr, parseIpv4 } from '../topology/ipv4'
import type { Host, Tunnel } from '../topology/kinds/host/host'

/** The device that has the tunnel address. */
export const underlayDevice = (host: Host, { nic }: Tunnel): string =>
  traitsOf(host).hasUnderlayBridge(host) ? underlayBridgeName(nic) : nic

export function routesBeyond(host: Host, addresses: readonly string[]): Route[] {
  const { tunnel } = host
  if (tunnel?.gatewayIp === undefined) return []
  const link = underlayDevice(host, tunnel)
  const far = [...new Set(addresses)].filter((address) => !isBeside(tunnel, address))
  return far.map((address) => ({
    netns: '',
    table: 'main',
    destination: `${address}/32`,
    via: tunnel.gatewayIp,
    link,
    protocol: OUR_ROUTES,
  }))
}

/** In the same underlay subnet. */
export function isBeside({ address, prefixLength }: Tunnel, other: string): boolean {
  const [own, value] = [parseIpv4(address), parseIpv4(other)]
  return own !== null && value !== null && isInCidr(makeCidr(own, prefixLength), value)
}
