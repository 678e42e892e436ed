// Nested uplinks as rows.

import type { NestedUplink } from '@/server/core/topology/kinds/nested-uplink/nested-uplink'
import { inIds, type Table } from './table'

export const nestedUplinkTable: Table<NestedUplink> = {
  load: (tx) => tx.nestedUplink.findMany(),
  remove: (tx, ids) => tx.nestedUplink.deleteMany({ where: { id: inIds(ids) } }),
  // Made once and never changed; a discarded removal creates it again.
  update: (tx, uplink) => tx.nestedUplink.update({ where: { id: uplink.id }, data: uplink }),
  create: (tx, uplinks) => tx.nestedUplink.createMany({ data: [...uplinks] }),
}
