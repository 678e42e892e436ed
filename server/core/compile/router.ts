// A router as its namespace (docs/reference/routers.md): qrouter-<router>, an interface for each of its ports there, forwarding on. A distributed one
// stands on every host with the same addresses and the same MACs, and is told its neighbours, for it is not to ask across the fabric: an
// answer would go to the interface of the same MAC that is nearest to who answers. A centralized one asks, translates and leads out; of a distributed one
// its central part does that (central-part.ts).

import { mergeHostStates, type HostState } from '../host/host-state'
import { routerNamespace } from '../naming'
import { isInCentralPart } from '../topology/central-part'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { compileCentralPart, leadToCentralPart } from './central-part'
import { associatedHere } from './floating-ips-here'
import { compileFloatingIps } from './floating-ip-namespace'
import { leadOutByCluster } from './gateway/way-out'
import { neighboursOf } from './router-neighbours'
import { routingNamespace } from './routing-namespace'
import type { HostScope } from './scope'
import { wayOut } from './way-out'

export function compileRouter(scope: HostScope, router: Router): HostState {
  const here = scope.routerPorts.filter(({ deviceId }) => deviceId === router.id)
  const central = here.filter((port) => isInCentralPart(router, port))
  const own = here.filter((port) => !central.includes(port))
  return mergeHostStates([
    own.length > 0 ? compileOwn(scope, router, own) : {},
    central.length > 0 ? compileCentralPart(scope, router, central) : {},
  ])
}

function compileOwn(scope: HostScope, router: Router, ports: readonly Port[]): HostState {
  const netns = routerNamespace(router.id)
  const floatingIps = associatedHere(scope, router)
  return mergeHostStates([
    routingNamespace(scope, router, ports, netns),
    ...(router.isDistributed
      ? [
          { neighbours: ports.flatMap((port) => neighboursOf(scope, port, netns)) },
          compileFloatingIps(scope, router, floatingIps),
          leadToCentralPart(scope, router, ports, netns),
          leadOutByCluster(scope, router),
        ]
      : [wayOut(scope, router, ports, floatingIps, netns)]),
  ])
}
