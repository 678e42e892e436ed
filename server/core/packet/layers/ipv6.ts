// IPv6 header and the extension headers behind it, taken as one layer: what matters on these paths is who sends to
// whom and what finally follows. Multicast listener reports, which every guest sends, hide behind an extension.
//
// Rules: RFC 8200 sections 3 and 4 (extension headers 0, 43, 44, 60).

import type { FieldReader } from './field-reader'
import { ipPayloadProtocol } from './ip-protocol'
import type { LayerBase, LayerStep } from './layer'

export interface Ipv6Layer extends LayerBase {
  readonly protocol: 'ipv6'
  readonly trafficClass: number
  readonly flowLabel: number
  readonly payloadLength: number
  readonly hopLimit: number
  /** What follows the last extension header. */
  readonly payloadProtocol: number
  readonly fragment: Ipv6Fragment | undefined
  readonly source: string
  readonly destination: string
}

interface Ipv6Fragment {
  readonly identification: number
  /** In bytes. */
  readonly offset: number
  readonly hasMore: boolean
}

const FRAGMENT = 44
const skippableExtensions = new Set([0, 43, 60])

export function decodeIpv6(reader: FieldReader): LayerStep<Ipv6Layer> | undefined {
  const { trafficClass, flowLabel } = readFirstWord(reader)
  const payloadLength = reader.u16('payloadLength')
  const firstHeader = reader.u8('nextHeader')
  const hopLimit = reader.u8('hopLimit')
  const source = reader.ipv6('source')
  const destination = reader.ipv6('destination')
  // As with IPv4, a length of 0 on a frame that carries something stems from segmentation offload.
  const end = payloadLength === 0 ? reader.declaredEnd : Math.min(reader.position + payloadLength, reader.declaredEnd)
  const { payloadProtocol, fragment } = readExtensions(reader, firstHeader)
  const payload = { offset: reader.position, length: Math.max(end - reader.position, 0) }
  const next = fragment && fragment.offset > 0 ? undefined : ipPayloadProtocol(6, payloadProtocol)
  const layer = { trafficClass, flowLabel, payloadLength, hopLimit, payloadProtocol, fragment, source, destination }
  return reader.finish({ protocol: 'ipv6', ...layer }, next, payload)
}

function readFirstWord(reader: FieldReader) {
  const word = reader.raw(4)
  const version = reader.part('version', word >>> 28)
  if (version !== 6) reader.fail({ code: 'version', params: { version, known: 6 } })
  return {
    trafficClass: reader.part('trafficClass', (word >>> 20) & 0xff),
    flowLabel: reader.part('flowLabel', word & 0xf_ffff),
  }
}

/** Each extension takes at least eight bytes, so the walk ends with the frame at the latest. */
function readExtensions(reader: FieldReader, firstHeader: number) {
  let payloadProtocol = firstHeader
  let fragment: Ipv6Fragment | undefined
  while (!reader.failure && (payloadProtocol === FRAGMENT || skippableExtensions.has(payloadProtocol))) {
    const isFragment = payloadProtocol === FRAGMENT
    payloadProtocol = reader.u8('extensionNextHeader')
    if (isFragment) fragment = readFragment(reader)
    else skipExtension(reader)
  }
  return { payloadProtocol, fragment }
}

function skipExtension(reader: FieldReader): void {
  const length = reader.u8('extensionLength')
  reader.take((length + 1) * 8 - 2)
}

function readFragment(reader: FieldReader): Ipv6Fragment {
  reader.take(1)
  const word = reader.raw(2)
  const offset = reader.part('fragmentOffset', word & 0xfff8)
  const hasMore = reader.part('moreFragments', (word & 1) !== 0)
  return { offset, hasMore, identification: reader.u32('fragmentIdentification') }
}
