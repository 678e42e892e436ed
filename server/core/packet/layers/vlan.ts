// VLAN tag, four bytes behind a tag type: priority, drop eligible, VLAN id, and the type of what follows. That type may
// be a tag type again (QinQ), which gives one more layer of this kind.
//
// Rules: IEEE 802.1Q section 9.6 (tag control information). As in Wireshark, the tag type belongs to the header before.

import { etherTypeProtocol } from './ether-type'
import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface VlanLayer extends LayerBase {
  readonly protocol: 'vlan'
  readonly priority: number
  readonly isDropEligible: boolean
  /** 0 is no VLAN: the tag then carries a priority only. */
  readonly vlanId: number
  readonly type: number
}

export function decodeVlan(reader: FieldReader): LayerStep<VlanLayer> | undefined {
  const control = reader.raw(2)
  const priority = reader.part('priority', control >>> 13)
  const isDropEligible = reader.part('dropEligible', (control & 0x1000) !== 0)
  const vlanId = reader.part('vlanId', control & 0x0fff)
  const type = reader.u16('type')
  return reader.finish({ protocol: 'vlan', priority, isDropEligible, vlanId, type }, etherTypeProtocol(type))
}
