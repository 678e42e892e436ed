// Where a router leads out: the floating IPs that are addresses of its gateway's device, and what is translated on the way by it. Single ports of floating
// IPs are forwarded there, of a distributed router too.

import type { HostState } from '../host/host-state'
import { routerDevice } from '../naming'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { translationChains } from './floating-ip-translation'
import type { Associated } from './floating-ips-here'
import { forwardedBy } from './forwarded-ports'
import type { HostScope } from './scope'

export function wayOut(
  scope: HostScope,
  router: Router,
  ports: readonly Port[],
  floatingIps: readonly Associated[],
  netns: string,
): Partial<HostState> {
  const { gateway } = router
  const out = ports.find(({ id }) => id === gateway?.portId)
  if (!out || !gateway) return {}
  const outside = routerDevice(out)
  const ownAddress = out.fixedIps[0]?.ipAddress ?? null
  const forwarded = forwardedBy(scope, router)
  const answered = new Set([...floatingIps, ...forwarded].map(({ floating }) => floating))
  return {
    // Who asks for one there is answered.
    addresses: [...answered].map((floating) => ({ netns, link: outside, cidr: `${floating}/32`, isAnnounced: true })),
    iptables: translationChains({
      netns,
      outside,
      floatingIps,
      forwarded,
      ownAddress,
      isSnatEnabled: gateway.isSnatEnabled,
      isOnlyFromOutside: false,
    }),
  }
}
