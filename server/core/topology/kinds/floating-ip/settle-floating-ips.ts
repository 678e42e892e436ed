// What a floating IP brings along: the router that translates it and, where that is distributed, a priority for its rule and a port of the external
// network on the host of its VM. One whose port is gone with a VM leads nowhere, as in Neutron.

import { type Allocated, lowestFree } from '../../allocate/allocated'
import { findById, mapChanged } from '../../find'
import { agentGatewayPlaces, agentGatewaysLost, isAgentGateway, placeKey } from '../../floating-ips'
import type { IdSource } from '../../id-source'
import { checkBinding } from '../../rules/binding-rules'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Port } from '../port/port'
import type { FloatingIp } from './floating-ip'
import { findRouter, findRouterOfForwardings } from './floating-ip-route'
import { lowestAddress, servicePort } from './make-floating-port'

/** Behind the main table's, and before the default's. */
const FIRST_PRIORITY = 32_768
const LAST_PRIORITY = 72_767

const nowhere = { fixedPortId: null, fixedIpAddress: null, routerId: null, rulePriority: null } as const

export function settleFloatingIps(topology: Topology, ids: IdSource): Allocated<Topology> {
  const routed = mapChanged(topology.floatingIps, (floatingIp) => route(topology, floatingIp))
  const floatingIps = assignPriorities(topology, routed)
  if (!floatingIps.ok) return floatingIps
  return settleAgentGateways(floatingIps.value === topology.floatingIps ? topology : { ...topology, floatingIps: floatingIps.value }, ids)
}

function route(topology: Topology, floatingIp: FloatingIp): FloatingIp {
  const { fixedPortId } = floatingIp
  if (fixedPortId !== null && !findById(topology.ports, fixedPortId)) return { ...floatingIp, ...nowhere }
  const router = fixedPortId === null ? findRouterOfForwardings(topology, floatingIp) : findRouter(topology, floatingIp)
  const routerId = router?.id ?? null
  return routerId === floatingIp.routerId ? floatingIp : { ...floatingIp, routerId }
}

function assignPriorities({ routers }: Topology, floatingIps: readonly FloatingIp[]): Allocated<readonly FloatingIp[]> {
  // What comes for a single port is translated in one place, and goes back by it.
  const needs = ({ routerId, fixedPortId }: FloatingIp): boolean =>
    fixedPortId !== null && findById(routers, routerId)?.isDistributed === true
  const taken = new Set(floatingIps.flatMap((each) => (needs(each) ? (each.rulePriority ?? []) : [])))
  const isExhausted = floatingIps.filter(needs).length > LAST_PRIORITY - FIRST_PRIORITY + 1
  if (isExhausted)
    return {
      ok: false,
      violation: conflict('floating-ip-priorities-exhausted', 'fixedPortId', { most: LAST_PRIORITY - FIRST_PRIORITY + 1 }, []),
    }
  // None below what was found last is free.
  let next = FIRST_PRIORITY
  const choose = (): number | null => {
    const free = lowestFree(next, LAST_PRIORITY, taken)
    if (free !== null) next = free + 1
    return free
  }
  const value = mapChanged(floatingIps, (each) => {
    if (!needs(each)) return each.rulePriority === null ? each : { ...each, rulePriority: null }
    return each.rulePriority === null ? { ...each, rulePriority: choose() } : each
  })
  return { ok: true, value }
}

/** Made with the first floating IP of a host in an external network, and gone with the last. */
function settleAgentGateways(topology: Topology, ids: IdSource): Allocated<Topology> {
  const lost = new Set(agentGatewaysLost(topology, () => true))
  let next = lost.size === 0 ? topology : { ...topology, ports: topology.ports.filter((port) => !lost.has(port)) }
  const there = new Set(next.ports.filter(isAgentGateway).map(placeKey))
  for (const place of agentGatewayPlaces(next)) {
    if (there.has(placeKey(place))) continue
    const made = makeAgentGateway(next, place, ids)
    if (!made.ok) return made
    next = { ...next, ports: [...next.ports, made.value] }
  }
  return { ok: true, value: next }
}

function makeAgentGateway(
  topology: Topology,
  { hostId, networkId }: { hostId: string; networkId: string },
  ids: IdSource,
): Allocated<Port> {
  const [unfit] = checkBinding(topology, networkId, hostId)
  if (unfit) return { ok: false, violation: unfit }
  const fixedIp = lowestAddress(topology, networkId, null)
  if (!fixedIp.ok) return fixedIp
  const owner = { deviceOwner: 'network:floatingip_agent_gateway', deviceId: hostId, hostId } as const
  return { ok: true, value: servicePort(topology, networkId, [fixedIp.value], ids, owner) }
}
