// Physical networks that say on whose wire they travel while nothing leads there: their frames end in the VM.

import { findById, quoted } from '../topology/find'
import type { Topology } from '../topology/topology'
import type { Note } from './note'

export function checkIdleCarriers({ physicalNetworks, nestedUplinks }: Topology): Note[] {
  return physicalNetworks.flatMap((carried) => {
    const carrier = findById(physicalNetworks, carried.carrierId)
    if (!carrier || nestedUplinks.some((uplink) => uplink.physicalNetworkId === carrier.id)) return []
    const message = `${quoted(carried.name)} travels on the wire of ${quoted(carrier.name)}, but no VM has a nested uplink to ${quoted(carrier.name)}.`
    return [{ rule: 'carrier-without-uplink', severity: 'warning', message, objects: [{ kind: 'physicalNetwork', id: carried.id, name: carried.name }] }]
  })
}
