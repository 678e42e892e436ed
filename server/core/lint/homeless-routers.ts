// Routers that are to run on a network host, themselves or with their central part, of which none can: nothing is routed or led out, and no plan says why.

import { needsCentralPart } from '../topology/central-part'
import { portsOfRouter } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { LintFinding } from './lint-params'

export function checkHomelessRouters(topology: Topology): LintFinding[] {
  const { routers, ports, networks } = topology
  return routers.flatMap((router): LintFinding[] => {
    const { id, name, isDistributed, hostId } = router
    const joined = new Set(portsOfRouter(ports, id).map(({ networkId }) => networkId))
    if ((isDistributed && !needsCentralPart(topology, router)) || hostId !== null || joined.size === 0) return []
    const names = networks.filter((network) => joined.has(network.id)).map((network) => network.name)
    return [
      {
        code: 'router-without-host',
        severity: 'warning',
        subject: { kind: 'router', id, name },
        params: { networks: names, isDistributed },
      },
    ]
  })
}
