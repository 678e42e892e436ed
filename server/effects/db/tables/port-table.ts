// Ports as rows, with their fixed addresses.

import type { FixedIp as FixedIpRow, Port as Row } from '@/generated/prisma/client'
import type { DeviceOwner, Port } from '@/server/core/topology/kinds/port/port'
import { groupParts, inIds, inOrder, parked, type Table } from './table'

type LoadedRow = Row & { readonly fixedIps: readonly FixedIpRow[] }

export const portTable: Table<Port> = {
  load: async (tx) => {
    const partsOf = groupParts(await tx.fixedIp.findMany(inOrder), (part) => part.portId)
    return (await tx.port.findMany()).map((row) => fromRow({ ...row, fixedIps: partsOf(row.id) }))
  },
  removeParts: (tx, ids) => tx.fixedIp.deleteMany({ where: { portId: inIds(ids) } }),
  remove: (tx, ids) => tx.port.deleteMany({ where: { id: inIds(ids) } }),
  park: (tx, id) => tx.port.update({ where: { id }, data: { macAddress: parked(id) } }),
  update: (tx, port) => tx.port.update({ where: { id: port.id }, data: toRow(port) }),
  create: (tx, ports) => tx.port.createMany({ data: ports.map(toRow) }),
  createParts: (tx, ports) => tx.fixedIp.createMany({ data: ports.flatMap(toFixedIpRows) }),
}

const fromRow = ({ fixedIps, deviceOwner, ...row }: LoadedRow): Port => ({
  ...row,
  deviceOwner: deviceOwner as DeviceOwner,
  fixedIps: fixedIps.map(({ subnetId, ipAddress }) => ({ subnetId, ipAddress })),
})

const toRow = ({ fixedIps: _parts, ...port }: Port): Row => port
const toFixedIpRows = (port: Port): FixedIpRow[] =>
  port.fixedIps.map((fixedIp, position) => ({ portId: port.id, position, ...fixedIp }))
