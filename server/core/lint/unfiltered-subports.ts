// Subports whose security groups filter nothing: where their frames pass the filter of the VM's port with a VLAN tag, iptables does not see them
// (docs/reference/trunks.md, Filtering).

import { traitsOf } from '../agents/agent-traits'
import { findById, findInOrder } from '../topology/find'
import { isFiltered } from '../topology/kinds/port/port-security'
import { labelPort } from '../topology/kinds/port/port-label'
import { labelTrunk } from '../topology/kinds/trunk/trunk-label'
import type { Topology } from '../topology/topology'
import type { LintFinding } from './lint-params'

export function checkSubPorts(topology: Topology): LintFinding[] {
  const { trunks, ports, hosts, securityGroups } = topology
  return trunks.flatMap((trunk) =>
    trunk.subPorts.flatMap(({ portId }): LintFinding[] => {
      const port = findById(ports, portId)
      const host = findById(hosts, port?.hostId)
      if (!port || !host || !isFiltered(port) || traitsOf(host).filtersSubPorts) return []
      return [
        {
          code: 'subport-unfiltered',
          severity: 'warning',
          subject: { kind: 'port', id: port.id, name: labelPort(topology, port) },
          params: {
            trunk: labelTrunk(topology, trunk),
            host: host.name,
            groups: findInOrder(securityGroups, port.securityGroupIds ?? []).map(({ name }) => name),
          },
        },
      ]
    }),
  )
}
