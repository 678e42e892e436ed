// ct(…): the packet is looked up in the connection table of a zone and goes on, with what was found there, in another table. What is
// found there nobody reads, so, as `ofproto/trace` does, the connection is taken to be new; bits that follow from that are marked, and
// where a flow depends on them the trace says so. NAT gives an address that only the connection knows.

import type { Conntrack, Part } from './instruction'
import { slotOf } from './layout'
import type { Packet } from './packet'
import { CONNECTION, forgetConnection } from './metadata'
import type { Translation } from './translation'

const NEW = 0x01
const TRACKED = 0x20

export function performConntrack(run: Translation, { table, zone, exec, nat }: Conntrack): void {
  run.run(exec)
  if (nat) run.visit.doubt('connection-state', { bridge: run.bridge.name, table: run.table, about: 'nat' })
  if (table !== null) run.fork(table, tracked(run.packet, zone))
  forgetConnection(run.packet)
  run.isTracked = false
}

function tracked(packet: Packet, zone: number | Part): Packet {
  const copy = packet.copy()
  copy.set('ct_state', NEW | TRACKED)
  copy.set('ct_zone', typeof zone === 'number' ? zone : zoneAt(copy, zone))
  for (const name of CONNECTION) if (name !== 'ct_zone') copy.mark('assumed', name)
  // That it was tracked is certain.
  const state = slotOf('ct_state')
  copy.put(state, 5, 1, { value: 1n, unknown: 0n, assumed: 0n })
  return copy
}

const zoneAt = (packet: Packet, { slot, start, width }: Part): number => (slot ? Number(packet.take(slot, start, width).value) & 0xffff : 0)
