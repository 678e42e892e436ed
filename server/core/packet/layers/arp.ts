// ARP for IPv4 over Ethernet, 28 bytes: who asks or answers for which address. Other hardware or protocol kinds do not
// occur on these paths and are reported instead of guessed at.
//
// Rules: RFC 826 (layout), RFC 5227 sections 1.1 and 3 (probe: sender address 0.0.0.0; announcement: both the same).

import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface ArpLayer extends LayerBase {
  readonly protocol: 'arp'
  readonly operation: number
  readonly senderMac: string
  readonly senderIp: string
  readonly targetMac: string
  readonly targetIp: string
}

export const ArpOperation = { request: 1, reply: 2 } as const

export function decodeArp(reader: FieldReader): LayerStep<ArpLayer> | undefined {
  const hardwareType = reader.u16('hardwareType')
  const protocolType = reader.u16('protocolType')
  const hardwareSize = reader.u8('hardwareSize')
  const protocolSize = reader.u8('protocolSize')
  const isEthernetIpv4 = hardwareType === 1 && protocolType === 0x0800 && hardwareSize === 6 && protocolSize === 4
  if (!isEthernetIpv4) reader.fail({ code: 'other-arp', params: {} })
  const operation = reader.u16('operation')
  const senderMac = reader.mac('senderMac')
  const senderIp = reader.ipv4('senderIp')
  const targetMac = reader.mac('targetMac')
  const targetIp = reader.ipv4('targetIp')
  return reader.finish({ protocol: 'arp', operation, senderMac, senderIp, targetMac, targetIp })
}
