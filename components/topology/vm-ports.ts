// The rows of a VM in the logical view: a NIC each, and below a trunk's parent its subports. A trunk with many subports has
// one row per network instead, so that the drawing stays one. Pure.

import { plural } from '@/server/core/explain/words'
import { groupBy } from '@/server/core/group-by'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import type { GraphFloatingIp, GraphPort, Mark } from './graph-parts'

export interface PortIndex {
  readonly byId: ReadonlyMap<string, Port>
  readonly trunkByParent: ReadonlyMap<string, Trunk>
  readonly floatingIpsByPort: ReadonlyMap<string, readonly GraphFloatingIp[]>
}

/** More than this stand together by network. */
const SUBPORT_ROWS = 8

type MarkOf = (id: string) => Mark

export function vmPorts(index: PortIndex, vm: Vm, markOf: MarkOf): GraphPort[] {
  return vm.portIds.flatMap((portId, position) => {
    const port = index.byId.get(portId)
    if (!port) return []
    const nic = `eth${position}`
    const trunk = index.trunkByParent.get(portId)
    if (!trunk) return [nicOf(index, port, nic, markOf)]
    return [{ ...nicOf(index, port, nic, markOf), role: 'parent' as const }, ...subPortRows(index, trunk, nic, markOf)]
  })
}

function subPortRows(index: PortIndex, trunk: Trunk, nic: string, markOf: MarkOf): GraphPort[] {
  const rows = trunk.subPorts.flatMap(({ portId, segmentationId }) => {
    const port = index.byId.get(portId)
    return port ? [{ ...nicOf(index, port, `${nic}.${segmentationId}`, markOf), role: 'subport' as const }] : []
  })
  if (rows.length <= SUBPORT_ROWS) return rows
  return [...groupBy(rows, ({ networkId }) => networkId)].map(([networkId, members]) =>
    members.length === 1 ? members[0]! : joined(trunk, nic, networkId, members),
  )
}

/** Several subports in one network, as one row and one wire; it leads to the trunk. */
const joined = (trunk: Trunk, nic: string, networkId: string, members: readonly GraphPort[]): GraphPort => ({
  id: `${trunk.id}/${networkId}`,
  objectId: trunk.id,
  nic: `${nic}.*`,
  address: plural(members.length, 'subport'),
  networkId,
  role: 'subport',
  floatingIps: members.flatMap(({ floatingIps }) => floatingIps),
  mark: members.every(({ mark }) => mark === members[0]!.mark) ? members[0]!.mark : 'change',
})

const nicOf = ({ floatingIpsByPort }: PortIndex, port: Port, nic: string, markOf: MarkOf): GraphPort => ({
  ...graphPort(port, nic, markOf),
  floatingIps: floatingIpsByPort.get(port.id) ?? [],
})

export const graphPort = (port: Port, nic: string, markOf: MarkOf): GraphPort => ({
  id: port.id,
  objectId: port.id,
  nic,
  address: port.fixedIps[0]?.ipAddress ?? port.macAddress,
  networkId: port.networkId,
  role: 'nic',
  floatingIps: [],
  mark: markOf(port.id),
})
