// The kind `router`, as every list of kinds needs it (../kind.ts).

import { routerNamespace, snatNamespace } from '../../../naming'
import { findById } from '../../find'
import { checkName } from '../../rules/names'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { assignLinkLocalPairs } from './link-local-pairs'
import { printRouter } from './router-print'
import { checkRouteInputs } from './router-route-rules'
import { checkRouter, checkRouterRemoval, takenByRouter } from './router-rules'
import { withSortedRoutes } from './router-routes'
import { routerViolations } from './router-violations'
import { settleRouters } from './settle-routers'
import { assignSnatBlocks } from './snat-blocks'

export const routerKind = {
  kind: 'router',
  list: 'routers',
  words: { one: 'router', many: 'routers' },
  about: 'A router joins subnets, and leads out by an external network.',
  label: (_, { name }) => name,
  detail: ({ hosts }, { isDistributed, hostId }) => (isDistributed ? 'distributed' : (findById(hosts, hostId)?.name ?? '')),
  keys: (_, { id }) => [routerNamespace(id), snatNamespace(id)],
  print: printRouter,
  compare: byName,
  inOrder: withSortedRoutes,
  check: checkRouter,
  fieldRules: { name: (name) => checkName(name), routes: checkRouteInputs },
  checkRemoval: checkRouterRemoval,
  takesAlong: takenByRouter,
  earlier: { floatingIpMode: 'dvr' },
  settle: (topology, ids) => {
    const settled = settleRouters(topology, ids)
    const paired = settled.ok ? assignLinkLocalPairs(settled.value) : settled
    return paired.ok ? assignSnatBlocks(paired.value) : paired
  },
  violations: routerViolations,
  columns: {
    json: ['routes'],
    spread: { gateway: ['networkId', 'portId', 'isSnatEnabled'] },
    optional: ['linkLocalPair', 'gatewayClusterId'],
    unique: ['gatewayPortId', 'linkLocalPair'],
  },
} satisfies DesignKind<'router'>
