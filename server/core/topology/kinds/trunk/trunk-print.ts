// The fields of a trunk as people read them.

import { findById } from '../../find'
import { nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import { labelPort } from '../port/port-label'
import type { Trunk } from './trunk'

/** One field per subport, so that moving one reads as one change. */
export function printTrunk(trunk: Trunk, names: Topology): PrintedFields {
  const labelOf = (portId: string) => {
    const port = findById(names.ports, portId)
    return port ? labelPort({ ...names, trunks: [] }, port) : portId
  }
  const subPorts = trunk.subPorts.map(({ portId, segmentationId }) => {
    const port = findById(names.ports, portId)
    return [`VLAN ${segmentationId}`, `${nameOf(names.networks, port?.networkId ?? null) ?? '?'} (${labelOf(portId)})`] as const
  })
  return {
    name: trunk.name === '' ? null : trunk.name,
    project: nameOf(names.projects, trunk.projectId),
    parent: labelOf(trunk.portId),
    'admin state': trunk.isAdminStateUp ? 'up' : 'down',
    ...Object.fromEntries(subPorts),
  }
}
