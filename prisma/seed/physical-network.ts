// The practice network's one physical network.

import { createPhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network-edits'
import type { IdSource } from '@/server/core/topology/id-source'
import type { Store } from '@/server/effects/db/store'
import { ensure } from './ensure'

const PHYSICAL_NETWORK = { name: 'physnet1', mtu: 1500, vlanRanges: [{ min: 100, max: 199 }] }

export function seedPhysicalNetwork(store: Store, ids: IdSource): Promise<string> {
  return ensure(store, (topology) => topology.physicalNetworks, PHYSICAL_NETWORK.name, createPhysicalNetwork(PHYSICAL_NETWORK, ids))
}
