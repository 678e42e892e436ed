// Subports follow the parent of their trunk: host and device_owner as Neutron's trunk plugin sets them when the agent asks
// (reference §11.3). Without a VM on the parent nothing is wired, so nothing is bound; a port that left its trunk is free.

import type { Topology } from '../../topology'
import type { Port } from '../port/port'

export function bindSubPorts(topology: Topology): Topology {
  const hostOf = new Map(topology.ports.map((port) => [port.id, port.deviceOwner === 'compute:nova' ? port.hostId : null]))
  const bindings = new Map(
    topology.trunks.flatMap((trunk) => trunk.subPorts.map(({ portId }) => [portId, hostOf.get(trunk.portId) ?? null] as const)),
  )
  return { ...topology, ports: topology.ports.map((port) => bind(port, bindings.get(port.id))) }
}

/** `undefined`: in no trunk. */
function bind(port: Port, hostId: string | null | undefined): Port {
  if (hostId !== undefined) return { ...port, hostId, deviceOwner: 'trunk:subport' }
  return port.deviceOwner === 'trunk:subport' ? { ...port, hostId: null, deviceOwner: '' } : port
}
