// ICMPv6: echo as in ICMP, errors with the packet they are about, and neighbour discovery, which is to IPv6 what ARP is
// to IPv4: solicitation and advertisement with the target and the MAC address in an option.
//
// Rules: RFC 4443 (messages, echo, packet too big), RFC 4861 sections 4.1 to 4.6 (discovery and its options).

import { macText } from './addresses'
import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'
import { type QuotedPacket, readQuoted, readQuotedIpv6 } from './quoted-packet'

export interface Icmpv6Layer extends LayerBase {
  readonly protocol: 'icmpv6'
  readonly type: number
  readonly code: number
  /** Echo only, as the sequence. */
  readonly identifier?: number
  readonly sequence?: number
  /** Packet too big: the MTU of the hop that could not forward. */
  readonly mtu?: number
  /** Neighbour solicitation and advertisement: the address that is asked for or announced. */
  readonly target?: string
  /** From the source or target link-layer address option. */
  readonly linkAddress?: string
  readonly quoted?: QuotedPacket
}

export const Icmpv6Type = {
  packetTooBig: 2,
  echoRequest: 128,
  echoReply: 129,
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighbourSolicitation: 135,
  neighbourAdvertisement: 136,
} as const

const LARGEST_ERROR_TYPE = 127

type Body = Omit<Icmpv6Layer, keyof LayerBase | 'type' | 'code'>

export function decodeIcmpv6(reader: FieldReader): LayerStep<Icmpv6Layer> | undefined {
  const type = reader.u8('type')
  const code = reader.u8('code')
  reader.u16('checksum')
  return reader.finish({ protocol: 'icmpv6', type, code, ...readBody(reader, type) })
}

function readBody(reader: FieldReader, type: number): Body {
  if (type <= LARGEST_ERROR_TYPE) return readError(reader, type)
  switch (type) {
    case Icmpv6Type.echoRequest:
    case Icmpv6Type.echoReply:
      return { identifier: reader.u16('identifier'), sequence: reader.u16('sequence') }
    case Icmpv6Type.routerSolicitation:
      reader.take(4)
      return { linkAddress: readOptions(reader) }
    case Icmpv6Type.routerAdvertisement:
      return readRouterAdvertisement(reader)
    case Icmpv6Type.neighbourSolicitation:
    case Icmpv6Type.neighbourAdvertisement:
      return readNeighbour(reader, type)
    default:
      return {}
  }
}

function readError(reader: FieldReader, type: number): Body {
  const mtu = type === Icmpv6Type.packetTooBig ? reader.u32('mtu') : undefined
  if (mtu === undefined) reader.take(4)
  return { mtu, quoted: readQuoted(reader, readQuotedIpv6) }
}

function readRouterAdvertisement(reader: FieldReader): Body {
  reader.u8('hopLimit')
  const flags = reader.raw(1)
  reader.part('managed', (flags & 0x80) !== 0)
  reader.part('otherConfiguration', (flags & 0x40) !== 0)
  reader.u16('routerLifetime')
  reader.take(8)
  return { linkAddress: readOptions(reader) }
}

function readNeighbour(reader: FieldReader, type: number): Body {
  const flags = reader.raw(4)
  if (type === Icmpv6Type.neighbourAdvertisement) {
    reader.part('router', flags >= 2 ** 31)
    reader.part('solicited', (flags & 0x4000_0000) !== 0)
    reader.part('override', (flags & 0x2000_0000) !== 0)
  }
  const target = reader.ipv6('target')
  return { target, linkAddress: readOptions(reader) }
}

/** Options count in units of eight bytes, so a length of 0 would never get on: it is an error by the RFC too. */
function readOptions(reader: FieldReader): string | undefined {
  if (reader.failure) return undefined
  return reader.section(reader.rest.length, (section) => {
    let linkAddress: string | undefined
    while (section.remaining > 0) linkAddress = readOption(section) ?? linkAddress
    return linkAddress
  })
}

function readOption(section: FieldReader): string | undefined {
  const type = section.raw(1)
  const length = section.raw(1) * 8
  if (length === 0) section.fail({ code: 'option-without-length', params: { option: null } })
  const value = section.take(length - 2)
  const isLinkAddress = (type === 1 || type === 2) && value.length === 6
  if (isLinkAddress) return section.part(type === 1 ? 'sourceLinkAddress' : 'targetLinkAddress', macText(value))
  if (type === 5 && value.length === 6) section.part('mtu', new DataView(value.buffer, value.byteOffset + 2, 4).getUint32(0))
  return undefined
}
