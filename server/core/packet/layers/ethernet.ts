// Ethernet II header, 14 bytes: destination, source, type. A type of at most 1500 is a length (IEEE 802.3), and then
// nothing below is looked into.
//
// Rules: IEEE 802.3 section 3.2.6.

import { etherTypeProtocol } from './ether-type'
import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface EthernetLayer extends LayerBase {
  readonly protocol: 'ethernet'
  readonly destination: string
  readonly source: string
  readonly type: number
}

export function decodeEthernet(reader: FieldReader): LayerStep<EthernetLayer> | undefined {
  const destination = reader.mac('destination')
  const source = reader.mac('source')
  const type = reader.u16('type')
  return reader.finish({ protocol: 'ethernet', destination, source, type }, etherTypeProtocol(type))
}
