// Routers that are to run on a network host, of which none can: nothing is routed, and no plan says why.

import { portsOfRouter } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { LintFinding } from './lint-params'

export function checkHomelessRouters({ routers, ports, networks }: Topology): LintFinding[] {
  return routers.flatMap(({ id, name, isDistributed, hostId }): LintFinding[] => {
    const joined = new Set(portsOfRouter(ports, id).map(({ networkId }) => networkId))
    if (isDistributed || hostId !== null || joined.size === 0) return []
    const names = networks.filter((network) => joined.has(network.id)).map((network) => network.name)
    return [{ code: 'router-without-host', severity: 'warning', subject: { kind: 'router', id, name }, params: { networks: names } }]
  })
}
