// A port forwarding goes with the port that it leads to, as in Neutron.

import type { Allocated } from '../../allocate/allocated'
import { findById } from '../../find'
import type { Topology } from '../../topology'

export function settleForwardings(topology: Topology): Allocated<Topology> {
  const portForwardings = topology.portForwardings.filter(({ internalPortId }) => findById(topology.ports, internalPortId))
  const isSame = portForwardings.length === topology.portForwardings.length
  return { ok: true, value: isSame ? topology : { ...topology, portForwardings } }
}
