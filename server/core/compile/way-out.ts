// Where a router leads out: the floating IPs that are addresses of its gateway's device, and what is translated on the way by it.

import type { HostState } from '../host/host-state'
import { routerDevice } from '../naming'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { translationChains } from './floating-ip-translation'
import type { Associated } from './floating-ips-here'

export function wayOut({ gateway }: Router, ports: readonly Port[], floatingIps: readonly Associated[], netns: string): Partial<HostState> {
  const out = ports.find(({ id }) => id === gateway?.portId)
  if (!out || !gateway) return {}
  const outside = routerDevice(out)
  const ownAddress = gateway.isSnatEnabled ? (out.fixedIps[0]?.ipAddress ?? null) : null
  return {
    // Who asks for one there is answered.
    addresses: floatingIps.map(({ floating }) => ({ netns, link: outside, cidr: `${floating}/32`, isAnnounced: true })),
    iptables: translationChains({ netns, outside, floatingIps, ownAddress, isOnlyFromOutside: false }),
  }
}
