// Trunks as rows, with their subports.

import type { SubPort as SubPortRow, Trunk as Row } from '@/generated/prisma/client'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { groupParts, inIds, type Table } from './table'

type LoadedRow = Row & { readonly subPorts: readonly SubPortRow[] }

export const trunkTable: Table<Trunk> = {
  load: async (tx) => {
    const partsOf = groupParts(await tx.subPort.findMany({ orderBy: { segmentationId: 'asc' } }), (part) => part.trunkId)
    return (await tx.trunk.findMany()).map((row) => fromRow({ ...row, subPorts: partsOf(row.id) }))
  },
  removeParts: (tx, ids) => tx.subPort.deleteMany({ where: { trunkId: inIds(ids) } }),
  remove: (tx, ids) => tx.trunk.deleteMany({ where: { id: inIds(ids) } }),
  // The parent is for life, and subports are rewritten: nothing is ever swapped.
  update: (tx, trunk) => tx.trunk.update({ where: { id: trunk.id }, data: toRow(trunk) }),
  create: (tx, trunks) => tx.trunk.createMany({ data: trunks.map(toRow) }),
  createParts: (tx, trunks) => inParts(trunks.flatMap(toSubPortRows), (data) => tx.subPort.createMany({ data })),
}

const fromRow = ({ subPorts, ...row }: LoadedRow): Trunk => ({
  ...row,
  subPorts: subPorts.map(({ portId, segmentationId }) => ({ portId, segmentationType: 'vlan', segmentationId })),
})

const toRow = ({ subPorts: _parts, ...trunk }: Trunk): Row => trunk
const toSubPortRows = (trunk: Trunk): SubPortRow[] => trunk.subPorts.map((subPort) => ({ trunkId: trunk.id, ...subPort }))

/** One trunk may have thousands of subports, more than one statement takes values for. */
const PARTS_PER_STATEMENT = 200

async function inParts<Part>(parts: readonly Part[], write: (batch: Part[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < parts.length; start += PARTS_PER_STATEMENT) await write(parts.slice(start, start + PARTS_PER_STATEMENT))
}
