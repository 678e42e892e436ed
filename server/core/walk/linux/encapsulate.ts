// A frame inside a VXLAN packet. Its MACs are filled in by whoever finds the way; the source port, which the kernel makes of a hash of
// the inner frame, is any: nothing on the way decides by it but ECMP, which is taken as alternatives.

import { VXLAN_PORT, type Frame } from '../frame'

/** First of the range that udp_flow_src_port takes from. */
const SOURCE_PORT = 32768

export interface Vtep {
  readonly vni: number
  /** null: the route decides. */
  readonly source: string | null
  readonly destination: string
  readonly port?: number
}

const UNSET_MAC = '00:00:00:00:00:00'

export function encapsulate(frame: Frame, { vni, source, destination, port = VXLAN_PORT }: Vtep): Frame {
  const transport = { kind: 'udp', sourcePort: SOURCE_PORT, destinationPort: port, tunnelled: { vni, frame } } as const
  const payload = {
    kind: 'ipv4',
    source: source ?? '0.0.0.0',
    destination,
    ttl: 64,
    tos: 0,
    protocol: 17,
    fragment: 'none',
    transport,
  } as const
  return { sourceMac: UNSET_MAC, destinationMac: UNSET_MAC, vlans: [], payload }
}
