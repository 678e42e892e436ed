// The routers of the logical view: a row and a wire for each network that one joins, the gateway last, and where it stands. Pure.

import { compareNames } from '@/components/ui/compare-naturally'
import { standingOf } from '@/components/routers/router-words'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { isCentralPort, isGatewayPort, isSelectorPort, portsOfRouter } from '@/server/core/topology/router-ports'
import type { Topology } from '@/server/core/topology/topology'

import type { GraphRouter, Mark } from './graph-parts'
import { graphPort } from './vm-ports'

type MarkOf = (id: string) => Mark

export const graphRouter = (topology: Topology, router: Router, markOf: MarkOf): GraphRouter => {
  const { ports, networks } = topology
  const nameOf = ({ networkId }: Port) => networks.find(({ id }) => id === networkId)?.name ?? ''
  return {
    id: router.id,
    name: router.name,
    isUp: router.isAdminStateUp,
    standing: standingOf(topology, router),
    // Those of its central part and its selectors are in the same networks once more.
    ports: portsOfRouter(ports, router.id)
      .filter((port) => !isCentralPort(port) && !isSelectorPort(port))
      .sort((a, b) => Number(isGatewayPort(a)) - Number(isGatewayPort(b)) || compareNames(nameOf(a), nameOf(b)))
      .map((port) => ({ ...graphPort(port, nameOf(port), markOf), isGateway: isGatewayPort(port) })),
    mark: markOf(router.id),
  }
}
