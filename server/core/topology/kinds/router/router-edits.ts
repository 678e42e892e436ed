// Edits of routers. Interfaces come and go by edits of their own (router-interfaces.ts).

import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { isRouterPort } from '../../router-ports'
import { checkSeen } from '../../rules/seen-rules'
import { checkRouterHost } from '../../rules/service-host-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import { missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'
import type { Router } from './router'
import { setGateway } from './router-gateway'
import { type GatewayInput, routerInput, type RouterInput, type RouterPatch, routerPatchInput } from './router-input'
import { readRoute } from './router-routes'
import { checkGatewayKept, checkRouter, checkRouterRemoval } from './router-rules'

type Edit = TopologyEdit<{ id: string }>

export function createRouter(input: RouterInput, ids: IdSource): Edit {
  return (topology) => {
    const { projectId, name, isDistributed, floatingIpMode, gatewayClusterId, isAdminStateUp } = input
    const routes = (input.routes ?? []).map(readRoute)
    const router: Router = {
      id: ids.uuid(),
      projectId,
      name,
      isAdminStateUp,
      isDistributed,
      floatingIpMode,
      ...withCluster(gatewayClusterId),
      hostId: null,
      gateway: null,
      routes,
    }
    return putRouter(topology, router, input.gateway ?? undefined, () => [], ids)
  }
}

export function updateRouter(id: string, patch: RouterPatch, ids: IdSource): Edit {
  return (topology) => {
    const before = findById(topology.routers, id)
    if (!before) return refused(missing('router', 'id'))
    const floatingIpMode = patch.floatingIpMode ?? (patch.isDistributed === false ? 'dvr' : before.floatingIpMode)
    const { gatewayClusterId: formerClusterId, ...kept } = before
    const router: Router = {
      ...kept,
      name: patch.name ?? before.name,
      isAdminStateUp: patch.isAdminStateUp ?? before.isAdminStateUp,
      isDistributed: patch.isDistributed ?? before.isDistributed,
      floatingIpMode,
      ...withCluster(patch.gatewayClusterId === undefined && floatingIpMode === 'gateway' ? formerClusterId : patch.gatewayClusterId),
      hostId: patch.hostId ?? before.hostId,
      routes: patch.routes?.map(readRoute) ?? before.routes,
    }
    return putRouter(
      topology,
      router,
      patch.gateway,
      (after, next) => [
        ...checkSeen(topology, 'router', before, asStored(topology, before, after, patch)),
        ...checkGatewayKept(topology, before, after),
        ...(patch.hostId === undefined ? [] : checkRouterHost(next, after, patch.hostId)),
      ],
      ids,
    )
  }
}

const withCluster = (gatewayClusterId: string | null | undefined): Pick<Router, 'gatewayClusterId'> =>
  gatewayClusterId == null ? {} : { gatewayClusterId }

function putRouter(
  topology: Topology,
  candidate: Router,
  gateway: GatewayInput | null | undefined,
  further: (router: Router, next: Topology) => readonly Violation[],
  ids: IdSource,
) {
  const changed = setGateway(topology, candidate, gateway, ids)
  if (!changed.ok) return refused(changed.violation)
  const { router } = changed.value
  const next = { ...changed.value.topology, routers: put(topology.routers, router) }
  return settle(next, [...further(router, next), ...checkRouter(next, router)], { id: router.id }, ids)
}

/** A gateway is wanted and seen as an address in a network, and stored with a port. */
function asStored({ ports }: Topology, before: Router, after: Router, { seen, ...patch }: RouterPatch) {
  const port = findById(ports, before.gateway?.portId)
  const storedSeen = ({ networkId, ipAddress, isSnatEnabled }: GatewayInput): Router['gateway'] => {
    const isSame = port?.networkId === networkId && (ipAddress == null || port.fixedIps.some((fixedIp) => fixedIp.ipAddress === ipAddress))
    return { networkId, portId: isSame ? port.id : '', isSnatEnabled: isSnatEnabled ?? before.gateway?.isSnatEnabled ?? true }
  }
  return {
    ...patch,
    ...(patch.gateway !== undefined && { gateway: after.gateway }),
    ...(seen && { seen: { ...seen, ...(seen.gateway && { gateway: storedSeen(seen.gateway) }) } }),
  }
}

function removeRouter(id: string, ids: IdSource): Edit {
  return (topology) => {
    const router = findById(topology.routers, id)
    if (!router) return refused(missing('router', 'id'))
    const ports = topology.ports.filter((port) => !isRouterPort(port) || port.deviceId !== id)
    const next = { ...topology, routers: othersThan(topology.routers, router), ports }
    return settle(next, checkRouterRemoval(topology, router), { id }, ids)
  }
}

export const routerEdits = {
  create: creation('router', routerInput, (input, { ids }) => createRouter(input, ids)),
  update: change('router', routerPatchInput, (id, patch, { ids }) => updateRouter(id, patch, ids)),
  remove: (id, { ids }) => removeRouter(id, ids),
} satisfies KindEdits
