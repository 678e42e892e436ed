// What the switch notes beside a frame, and when it forgets: the state of the connection after tracking, everything of one bridge at
// the way into the next (patch_port_output, flow_clear_conntrack).

import { wordsIn } from './layout'
import type { Packet } from './packet'

const REGISTERS = Array.from({ length: 16 }, (_, index) => `reg${index}`)
const METADATA = [...REGISTERS, 'metadata', 'tun_id', 'tun_src', 'tun_dst', 'tun_ipv6_src', 'tun_ipv6_dst']
/** What connection tracking tells. */
export const CONNECTION = [
  'ct_state', 'ct_zone', 'ct_mark', 'ct_label', 'ct_nw_proto', 'ct_nw_src', 'ct_nw_dst', 'ct_ipv6_src', 'ct_ipv6_dst', 'ct_tp_src', 'ct_tp_dst',
] // prettier-ignore

const CONNECTION_WORDS = CONNECTION.flatMap(wordsIn)
const ALL_WORDS = [...METADATA.flatMap(wordsIn), ...CONNECTION_WORDS]

export const forgetConnection = (packet: Packet): void => packet.clear(CONNECTION_WORDS)

export function forgetMetadata(packet: Packet, inPort: number): void {
  packet.clear(ALL_WORDS)
  packet.set('in_port', inPort)
  packet.set('actset_output', 0xffffffff)
}
