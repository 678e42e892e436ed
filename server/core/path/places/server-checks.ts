// What a DHCP server needs on its host, and in part a router, whichever device it is plugged by: the namespace, its address, dnsmasq
// (docs/reference/dhcp.md).

import { absence, type Problem } from '../hop'
import type { HopPlace } from '../path'
import type { PathSide } from '../path-side'

export function checkNamespace({ view, host }: PathSide, netns: string): Problem {
  const isThere = view?.observation.state.namespaces.some(({ name }) => name === netns)
  return isThere ? null : absence(view, 'namespaces', { netns }, { code: 'namespace-missing', params: { netns, host: host.name } })
}

export const checkService = (side: PathSide, { netns, device }: HopPlace): Problem[] => [
  checkAddress(side, netns, device),
  checkServer(side, netns),
]

/** As the endpoint has it; one that nobody knows is not asked for. */
export function checkAddress({ view, endpoint }: PathSide, netns: string, device: string): Problem {
  if (endpoint.ipAddress === null || view?.hasAddress(netns, device, endpoint.ipAddress)) return null
  return absence(view, 'addresses', { netns }, { code: 'address-missing', params: { device, netns, address: endpoint.ipAddress } })
}

function checkServer({ view, network, host, hasDesign }: PathSide, netns: string): Problem {
  const server = view?.observation.state.dnsmasq.find((instance) => instance.netns === netns)
  if (!hasDesign || server?.isRunning) return null
  const finding = { code: 'no-dhcp-server', params: { network: network.name, host: host.name } } as const
  return server ? finding : absence(view, 'dnsmasq', {}, finding)
}
