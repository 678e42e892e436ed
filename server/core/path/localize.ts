// A distributed port stands on many hosts, and a frame for it never leaves its own (docs/reference/routers.md): as an end of a path it is
// the one on the host of the other end. Where neither end says which one, it stays unbound.

import { presenceOf } from '../topology/presence'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import { portAt } from './end'

export function localized(topology: Topology, ...ends: readonly [string, string]): Topology {
  const found = ends.map((end) => portAt(topology, end))
  const shared = found.reduce<readonly string[] | null>((hosts, port) => (port ? common(hosts, hostsOf(topology, port)) : hosts), null)
  const [host, ...others] = shared ?? []
  if (host === undefined || others.length > 0 || found.every((port) => !port || !isDistributed(port))) return topology
  return {
    ...topology,
    ports: topology.ports.map((port) =>
      found.includes(port) && isDistributed(port) ? { ...port, hostId: host, distributedOn: [host] } : port,
    ),
  }
}

const isDistributed = ({ deviceOwner }: Port): boolean => deviceOwner === 'network:router_interface_distributed'

const hostsOf = (topology: Topology, { id }: Port): string[] =>
  presenceOf(topology)
    .hostsOfPort(id)
    .map((host) => host.id)

const common = (some: readonly string[] | null, others: readonly string[]): readonly string[] =>
  some?.filter((id) => others.includes(id)) ?? others
