// Operations with the names of their hosts. One that left the design is told by its id.

import type { OperationSummary } from '@/server/core/api-types'
import { findById } from '@/server/core/topology/find'
import type { AppContext } from './app-context'

export async function describeOperations({ store }: Pick<AppContext, 'store'>): Promise<readonly OperationSummary[]> {
  const [operations, topology] = await Promise.all([store.queue.listLatest(), store.loadTopology()])
  return operations.map(({ hostIds, ...operation }) => ({
    ...operation,
    hostNames: hostIds.map((id) => findById(topology.hosts, id)?.name ?? id),
  }))
}
