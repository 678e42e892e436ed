// The API as an index of nouns. docs/api.md lists every procedure with its input and output.

import type { inferRouterInputs } from '@trpc/server'
import { changesRouter } from './changes/router'
import { designVerbs } from './design-verbs'
import { hostsRouter } from './hosts/router'
import { floatingIpVerbs } from './floating-ips/verbs'
import { gatewayClusterVerbs } from './gateway-clusters/verbs'
import { getNestedUplink } from './nested-uplinks/get'
import { listNestedUplinks } from './nested-uplinks/list'
import { getNetwork } from './networks/get'
import { listNetworks } from './networks/list'
import { operationsRouter } from './operations/router'
import { overviewRouter } from './overview/router'
import { pathsRouter } from './paths/router'
import { plansRouter } from './plans/router'
import { listPorts } from './ports/list'
import { portForwardingVerbs } from './port-forwardings/verbs'
import { revisionsRouter } from './revisions/router'
import { routerVerbs } from './routers/verbs'
import { runsRouter } from './runs/router'
import { securityGroupVerbs } from './security-groups/verbs'
import { settingsRouter } from './settings/router'
import { topologyRouter } from './topology/router'
import { trunkVerbs } from './trunks/verbs'
import { verificationsRouter } from './verifications/router'
import { createVms } from './vms/create-many'
import { listVms } from './vms/list'
import { router } from './trpc'

export const appRouter = router({
  overview: overviewRouter,
  hosts: hostsRouter,
  // list, create, update and remove of every other kind of design object; below, what some have beside or instead.
  ...designVerbs,
  networks: { ...designVerbs.networks, list: listNetworks, get: getNetwork },
  ports: { ...designVerbs.ports, list: listPorts },
  vms: { ...designVerbs.vms, list: listVms, createMany: createVms },
  trunks: { ...designVerbs.trunks, ...trunkVerbs },
  securityGroups: { ...designVerbs.securityGroups, ...securityGroupVerbs },
  gatewayClusters: { ...designVerbs.gatewayClusters, ...gatewayClusterVerbs },
  routers: { ...designVerbs.routers, ...routerVerbs },
  floatingIps: { ...designVerbs.floatingIps, ...floatingIpVerbs },
  portForwardings: { ...designVerbs.portForwardings, ...portForwardingVerbs },
  nestedUplinks: { ...designVerbs.nestedUplinks, list: listNestedUplinks, get: getNestedUplink },
  topology: topologyRouter,
  changes: changesRouter,
  plans: plansRouter,
  runs: runsRouter,
  revisions: revisionsRouter,
  operations: operationsRouter,
  paths: pathsRouter,
  verifications: verificationsRouter,
  settings: settingsRouter,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
