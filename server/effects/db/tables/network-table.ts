// Networks as rows. The segment key makes the database refuse a second network on a segment, flat ones included.

import type { Network as Row } from '@/generated/prisma/client'
import { segmentKey } from '@/server/core/topology/kinds/network/segment-rules'
import type { Network, NetworkType } from '@/server/core/topology/kinds/network/network'
import { inIds, parked, type Table } from './table'

export const networkTable: Table<Network> = {
  load: async (tx) => (await tx.network.findMany()).map(fromRow),
  remove: (tx, ids) => tx.network.deleteMany({ where: { id: inIds(ids) } }),
  park: (tx, id) => tx.network.update({ where: { id }, data: { segmentKey: parked(id) } }),
  update: (tx, network) => tx.network.update({ where: { id: network.id }, data: toRow(network) }),
  create: (tx, networks) => tx.network.createMany({ data: networks.map(toRow) }),
}

const fromRow = ({ segmentKey: _key, type, ...row }: Row): Network => ({ ...row, type: type as NetworkType })
const toRow = (network: Network): Row => ({ ...network, segmentKey: segmentKey(network) })
