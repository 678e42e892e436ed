// What `ovs-ofctl mod-port` forbids a port (may_receive and check_output_prerequisites of ofproto-dpif-xlate.c). A flag outlasts the
// flows of a bridge and shows in none of them.

import type { Packet } from './packet'
import { macAt } from './packet-frame'

interface Flagged {
  readonly flags: readonly string[]
}

const STP_MAC = '01:80:c2:00:00:00'
/** How Open vSwitch writes that a frame has a length and no EtherType (FLOW_DL_TYPE_NONE). */
const NO_TYPE = 0x05ff

/** The flag that keeps a frame from coming in by the port; null: it may. */
export function receiveFlag({ flags }: Flagged, packet: Packet): string | null {
  if (flags.length === 0) return null
  const isStp = macAt(packet, 'dl_dst') === STP_MAC && packet.get('dl_type') === NO_TYPE
  const flag = isStp ? 'NO_RECV_STP' : 'NO_RECV'
  return flags.includes(flag) ? flag : null
}

export const mayForward = ({ flags }: Flagged): boolean => !flags.includes('NO_FWD')

/** Whether FLOOD and a NORMAL that floods send by it; ALL does. */
export const isFloodable = ({ flags }: Flagged): boolean => !flags.includes('NO_FLOOD')
