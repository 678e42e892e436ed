// The design together with what was last found on hosts that are read only.

import { type KnownCloud, withFound } from '@/server/core/found/with-found'
import type { Store } from '@/server/effects/db/store'
import type { HostManager } from './host-manager'

export async function loadCloud({
  store,
  hosts,
}: {
  readonly store: Store
  readonly hosts: Pick<HostManager, 'last'>
}): Promise<KnownCloud> {
  const design = await store.loadTopology()
  const readOnly = design.hosts.filter(({ isReadOnly }) => isReadOnly)
  const last = await Promise.all(readOnly.map(async ({ id }) => [id, await hosts.last(id).catch(() => null)] as const))
  return withFound(design, new Map(last.flatMap(([id, observation]) => (observation ? [[id, observation] as const] : []))))
}
