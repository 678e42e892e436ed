// The whole topology from rows, and the difference of two topologies into rows. Edits are pure functions over topologies,
// so this is the only code that knows how an edit becomes SQL.
//
// Order: first everything that refers to something disappears, then what it referred to; unique values of changed rows are
// set free; then rows come and change, what is referred to first. Nothing in between violates a constraint.

import { renderCanonical } from '@/server/core/topology/digest'
import { sortTopology } from '@/server/core/topology/order'
import type { LocalVlan, Topology } from '@/server/core/topology/topology'
import type { Tx } from './database'
import { hostTable } from './tables/host-table'
import { nestedUplinkTable } from './tables/nested-uplink-table'
import { networkTable } from './tables/network-table'
import { physicalNetworkTable } from './tables/physical-network-table'
import { portTable } from './tables/port-table'
import { projectTable } from './tables/project-table'
import { subnetTable } from './tables/subnet-table'
import type { Table } from './tables/table'
import { trunkTable } from './tables/trunk-table'
import { vmTable } from './tables/vm-table'

export async function loadTopologyRows(tx: Tx): Promise<Topology> {
  return sortTopology({
    projects: await projectTable.load(tx),
    hosts: await hostTable.load(tx),
    physicalNetworks: await physicalNetworkTable.load(tx),
    networks: await networkTable.load(tx),
    subnets: await subnetTable.load(tx),
    ports: await portTable.load(tx),
    vms: await vmTable.load(tx),
    trunks: await trunkTable.load(tx),
    nestedUplinks: await nestedUplinkTable.load(tx),
    localVlans: await tx.localVlan.findMany(),
  })
}

export async function saveTopologyRows(tx: Tx, before: Topology, after: Topology): Promise<void> {
  // What is referred to comes before what refers to it.
  const writers = [
    writerOf(projectTable, before.projects, after.projects),
    writerOf(physicalNetworkTable, before.physicalNetworks, after.physicalNetworks),
    writerOf(hostTable, before.hosts, after.hosts),
    writerOf(networkTable, before.networks, after.networks),
    writerOf(subnetTable, before.subnets, after.subnets),
    writerOf(portTable, before.ports, after.ports),
    writerOf(vmTable, before.vms, after.vms),
    writerOf(trunkTable, before.trunks, after.trunks),
    writerOf(nestedUplinkTable, before.nestedUplinks, after.nestedUplinks),
  ]
  const [staleVlans, newVlans] = [minus(before.localVlans, after.localVlans), minus(after.localVlans, before.localVlans)]
  for (const { hostId, networkId } of staleVlans) await tx.localVlan.deleteMany({ where: { hostId, networkId } })
  for (const writer of writers.toReversed()) await writer.removeParts(tx)
  for (const writer of writers.toReversed()) await writer.remove(tx)
  for (const writer of writers) await writer.park(tx)
  for (const writer of writers) await writer.put(tx)
  for (const writer of writers) await writer.createParts(tx)
  await inBatches(newVlans, (batch) => tx.localVlan.createMany({ data: [...batch] }))
}

interface Writer {
  removeParts(tx: Tx): Promise<void>
  remove(tx: Tx): Promise<void>
  park(tx: Tx): Promise<void>
  put(tx: Tx): Promise<void>
  createParts(tx: Tx): Promise<void>
}

function writerOf<Item extends { readonly id: string }>(table: Table<Item>, before: readonly Item[], after: readonly Item[]): Writer {
  const earlier = new Map(before.map((item) => [item.id, item]))
  const kept = new Set(after.map((item) => item.id))
  const removed = before.filter((item) => !kept.has(item.id))
  const created = after.filter((item) => !earlier.has(item.id))
  const changed = after.filter((item) => earlier.has(item.id) && !isEqual(earlier.get(item.id), item))
  return {
    removeParts: (tx) => inBatches([...removed, ...changed], (items) => table.removeParts?.(tx, idsOf(items))),
    remove: (tx) => inBatches(removed, (items) => table.remove(tx, idsOf(items))),
    // A single changed object has nobody to swap with.
    park: async (tx) => {
      if (changed.length > 1) for (const item of changed) await table.park?.(tx, item.id)
    },
    put: async (tx) => {
      for (const item of changed) await table.update(tx, item)
      await inBatches(created, (items) => table.create(tx, items))
    },
    createParts: (tx) => inBatches([...created, ...changed], (items) => table.createParts?.(tx, items)),
  }
}

/** SQLite was long limited to 999 values per statement, which Prisma still keeps to; a port has nine. */
const ROWS_PER_STATEMENT = 100

async function inBatches<Item>(items: readonly Item[], write: (batch: readonly Item[]) => Promise<unknown> | undefined): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) await write(items.slice(start, start + ROWS_PER_STATEMENT))
}

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map((item) => item.id)
const isEqual = (a: unknown, b: unknown): boolean => renderCanonical(a) === renderCanonical(b)

function minus(from: readonly LocalVlan[], taken: readonly LocalVlan[]): readonly LocalVlan[] {
  const known = new Set(taken.map(renderCanonical))
  return from.filter((local) => !known.has(renderCanonical(local)))
}
