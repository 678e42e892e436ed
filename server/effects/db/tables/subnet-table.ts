// Subnets as rows.

import type { Subnet as Row } from '@/generated/prisma/client'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import { readJson, writeJson } from '../json'
import { inIds, type Table } from './table'

export const subnetTable: Table<Subnet> = {
  load: async (tx) => (await tx.subnet.findMany()).map(fromRow),
  remove: (tx, ids) => tx.subnet.deleteMany({ where: { id: inIds(ids) } }),
  update: (tx, subnet) => tx.subnet.update({ where: { id: subnet.id }, data: toRow(subnet) }),
  create: (tx, subnets) => tx.subnet.createMany({ data: subnets.map(toRow) }),
}

const fromRow = ({ dnsNameserversJson, allocationPoolsJson, ...row }: Row): Subnet => ({
  ...row,
  dnsNameservers: readJson(dnsNameserversJson),
  allocationPools: readJson(allocationPoolsJson),
})

const toRow = ({ dnsNameservers, allocationPools, ...subnet }: Subnet): Row => ({
  ...subnet,
  dnsNameserversJson: writeJson(dnsNameservers),
  allocationPoolsJson: writeJson(allocationPools),
})
