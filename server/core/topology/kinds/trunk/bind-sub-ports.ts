// Subports follow the parent of their trunk: host and device_owner as Neutron's trunk plugin sets them when the agent asks
// (services/trunk/rpc/server.py). Without a VM on the parent nothing is wired, so nothing is bound; a port that left its trunk is free.

import { findById, mapChanged } from '../../find'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'

export function bindSubPorts(topology: Topology): Topology {
  const hostOf = (portId: string): string | null => {
    const parent = findById(topology.ports, portId)
    return parent?.deviceOwner === 'compute:nova' ? parent.hostId : null
  }
  const bindings = new Map(
    topology.trunks.flatMap((trunk) => {
      const hostId = hostOf(trunk.portId)
      return trunk.subPorts.map(({ portId }) => [portId, hostId] as const)
    }),
  )
  const ports = mapChanged(topology.ports, (port) => bind(port, bindings.get(port.id)))
  return ports === topology.ports ? topology : { ...topology, ports }
}

/** `undefined`: in no trunk. */
function bind(port: Port, hostId: string | null | undefined): Port {
  if (hostId === undefined) return port.deviceOwner === 'trunk:subport' ? { ...port, hostId: null, deviceOwner: '' } : port
  return port.hostId === hostId && port.deviceOwner === 'trunk:subport' ? port : { ...port, hostId, deviceOwner: 'trunk:subport' }
}
