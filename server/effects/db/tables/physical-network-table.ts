// Physical networks as rows.

import type { PhysicalNetwork as Row } from '@/generated/prisma/client'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import { readJson, writeJson } from '../json'
import { inIds, parked, type Table } from './table'

export const physicalNetworkTable: Table<PhysicalNetwork> = {
  load: async (tx) => (await tx.physicalNetwork.findMany()).map(fromRow),
  remove: (tx, ids) => tx.physicalNetwork.deleteMany({ where: { id: inIds(ids) } }),
  park: (tx, id) => tx.physicalNetwork.update({ where: { id }, data: { name: parked(id) } }),
  update: (tx, item) => tx.physicalNetwork.update({ where: { id: item.id }, data: toRow(item) }),
  create: (tx, items) => tx.physicalNetwork.createMany({ data: items.map(toRow) }),
}

const fromRow = ({ vlanRangesJson, carrierId, macBase, ...row }: Row): PhysicalNetwork => ({
  ...row,
  vlanRanges: readJson(vlanRangesJson),
  ...(carrierId !== null && { carrierId }),
  ...(macBase !== null && { macBase }),
})

const toRow = ({ vlanRanges, carrierId, macBase, ...item }: PhysicalNetwork): Row => ({
  ...item,
  vlanRangesJson: writeJson(vlanRanges),
  carrierId: carrierId ?? null,
  macBase: macBase ?? null,
})
