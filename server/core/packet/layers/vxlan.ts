// VXLAN header, eight bytes: the flag that says the network identifier is valid, and the identifier (VNI). A whole
// Ethernet frame follows.
//
// Rules: RFC 7348 section 5: without the I flag a receiver must drop the packet.

import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface VxlanLayer extends LayerBase {
  readonly protocol: 'vxlan'
  readonly vni: number
}

const VALID_VNI_FLAG = 0x08

export function decodeVxlan(reader: FieldReader): LayerStep<VxlanLayer> | undefined {
  const flags = reader.u8('flags')
  if ((flags & VALID_VNI_FLAG) === 0) reader.fail({ code: 'no-vni', params: {} })
  reader.take(3)
  const vni = reader.u24('vni')
  reader.take(1)
  return reader.finish({ protocol: 'vxlan', vni }, 'ethernet')
}
