// What makes a seed idempotent: an object is made only when there is none of its name.

import type { TopologyEdit } from '@/server/core/topology/edit'
import type { Topology } from '@/server/core/topology/topology'
import type { Store } from '@/server/effects/db/store'

type Named = readonly { readonly id: string; readonly name: string }[]

/** The id of what is there under this name, or of what the edit makes. */
export async function ensure(
  store: Store,
  list: (topology: Topology) => Named,
  name: string,
  edit: TopologyEdit<{ id: string }>,
): Promise<string> {
  const known = list(await store.loadTopology()).find((each) => each.name === name)
  return known ? known.id : (await store.edit(edit)).id
}
