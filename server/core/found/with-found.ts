// The design and, beside it, what stands on hosts that are read only: somebody else wires those, and their ports are offered "as found".
// A path between found ports is drawn by the same code as one of ours; only that nothing was intended there.

import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/kinds/host/host'
import type { Topology } from '../topology/topology'
import { topologyFromObservations } from './found-topology'

export interface KnownCloud {
  readonly topology: Topology
  /** Ports of `topology` that are in no design. */
  readonly found: ReadonlySet<string>
  /** The last reading of each host that is read only, by its id. */
  readonly observations: ReadonlyMap<string, HostObservation>
}

/** `observations`: the last reading of each host, by its id. What a design has by the same id stays as designed. */
export function withFound(design: Topology, observations: ReadonlyMap<string, HostObservation>): KnownCloud {
  const readOnly = design.hosts.filter(({ isReadOnly }) => isReadOnly)
  const readings = readOnly.flatMap(({ id }) => observations.get(id) ?? [])
  if (readings.length === 0) return { topology: design, found: new Set(), observations: new Map() }
  const found = topologyFromObservations(readings)
  const own = new Set(design.ports.map(({ id }) => id))
  return {
    topology: {
      ...design,
      hosts: design.hosts.map((host) =>
        asFound(
          host,
          found.hosts.find(({ id }) => id === host.id),
        ),
      ),
      physicalNetworks: joined(design.physicalNetworks, found.physicalNetworks),
      networks: joined(design.networks, found.networks),
      ports: joined(design.ports, found.ports),
      vms: joined(design.vms, found.vms),
      trunks: joined(design.trunks, found.trunks),
      localVlans: [...design.localVlans, ...found.localVlans],
    },
    found: new Set(found.ports.map(({ id }) => id).filter((id) => !own.has(id))),
    observations: new Map(readings.map((reading) => [reading.hostId, reading])),
  }
}

/** Its ways out are what it has, whatever was registered. */
const asFound = (host: Host, found: Host | undefined): Host =>
  found
    ? {
        ...host,
        agentKind: found.agentKind,
        datapathType: found.datapathType,
        tunnel: found.tunnel ?? host.tunnel,
        bridgeMappings: found.bridgeMappings,
      }
    : host

function joined<T extends { readonly id: string }>(designed: readonly T[], found: readonly T[]): T[] {
  const known = new Set(designed.map(({ id }) => id))
  return [...designed, ...found.filter(({ id }) => !known.has(id))]
}
