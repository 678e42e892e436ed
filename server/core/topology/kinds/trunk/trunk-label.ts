// What people call a trunk. It stays a text, for it is used as names are: sorted, searched, compared, and stored with plans.

import { findById } from '../../find'
import type { Topology } from '../../topology'
import { labelPort } from '../port/port-label'
import type { Trunk } from './trunk'

/** What people call a trunk: its name, or that of its parent. */
export function labelTrunk(topology: Topology, trunk: Trunk): string {
  if (trunk.name !== '') return trunk.name
  const parent = findById(topology.ports, trunk.portId)
  return parent ? `trunk of ${labelPort(topology, parent)}` : trunk.id
}
