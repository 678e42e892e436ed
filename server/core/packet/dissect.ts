// Turns the bytes of one frame into its layers, each with named fields and the place of every field (explain/packet.ts
// says in one line what it is). Never throws and always ends: a frame that is cut or contradicts itself yields the layers up to
// there and the reason. Deep decoding is not the aim; see Wireshark for that.
//
// Each layer reads its own header and names the next; this file only walks and bounds the walk.

import { ETHERNET_LINK_TYPE } from './captured-packet'
import type { DissectedLayers, Dissection, Layer, Malformed } from './dissection'
import { decodeArp } from './layers/arp'
import { decodeDhcp } from './layers/dhcp'
import { decodeDns } from './layers/dns'
import { decodeEthernet } from './layers/ethernet'
import { FieldReader, type FrameBytes } from './layers/field-reader'
import { decodeIcmp } from './layers/icmp'
import { decodeIcmpv6 } from './layers/icmpv6'
import { decodeIpv4 } from './layers/ipv4'
import { decodeIpv6 } from './layers/ipv6'
import type { LayerStep, NextLayer, Protocol } from './layers/layer'
import { decodeTcp } from './layers/tcp'
import { decodeUdp } from './layers/udp'
import { decodeVlan } from './layers/vlan'
import { decodeVxlan } from './layers/vxlan'

/** OpenStack inside OpenStack has two tunnels; more are a loop or an attack. */
const MAX_TUNNEL_DEPTH = 4
/** Four tunnelled frames with two tags each stay below it. */
export const MAX_LAYERS = 32

const decoders: Record<Protocol, (reader: FieldReader) => LayerStep<Layer> | undefined> = {
  ethernet: decodeEthernet,
  vlan: decodeVlan,
  arp: decodeArp,
  ipv4: decodeIpv4,
  ipv6: decodeIpv6,
  icmp: decodeIcmp,
  icmpv6: decodeIcmpv6,
  udp: decodeUdp,
  tcp: decodeTcp,
  vxlan: decodeVxlan,
  dhcp: decodeDhcp,
  dns: decodeDns,
}

export interface DissectOptions {
  /** Length on the wire; without it the frame is taken as complete. */
  readonly originalLength?: number
  readonly linkType?: number
}

export function dissect(data: Uint8Array, options: DissectOptions = {}): Dissection {
  return { ...dissectLayers(data, options), isCut: (options.originalLength ?? 0) > data.length }
}

export function dissectLayers(data: Uint8Array, options: DissectOptions = {}): DissectedLayers {
  const { originalLength = 0, linkType = ETHERNET_LINK_TYPE } = options
  if (linkType !== ETHERNET_LINK_TYPE) return { layers: [], malformed: unknownLink(linkType) }
  return walk({ bytes: data, originalLength: Math.max(originalLength, data.length) })
}

function walk(frame: FrameBytes): DissectedLayers {
  const layers: Layer[] = []
  let malformed: Malformed | undefined
  let next: NextLayer | undefined = { protocol: 'ethernet', span: { offset: 0, length: frame.originalLength } }
  while (next) {
    const excess = excessOf(next, layers)
    if (excess) return { layers, malformed: malformed ?? excess }
    const reader: FieldReader = new FieldReader(frame, next.span)
    const step: LayerStep<Layer> | undefined = decoders[next.protocol](reader)
    malformed ??= malformedBy(reader, next.protocol)
    if (step) layers.push(step.layer)
    next = step?.next
  }
  return { layers, ...(malformed && { malformed }) }
}

function malformedBy(reader: FieldReader, layer: Protocol): Malformed | undefined {
  if (reader.failure) return { layer, ...reader.failure, isMissing: true, fields: reader.fields }
  return reader.problem && { layer, ...reader.problem, isMissing: false, fields: [] }
}

function excessOf({ protocol, span }: NextLayer, layers: readonly Layer[]): Malformed | undefined {
  const base = { layer: protocol, cause: 'invalid', offset: span.offset, isMissing: true, fields: [] } as const
  if (layers.length >= MAX_LAYERS) return { ...base, reason: { code: 'many-headers', params: { most: MAX_LAYERS } } }
  const depth = layers.filter((layer) => layer.protocol === 'vxlan').length
  const isTooDeep = protocol === 'vxlan' && depth >= MAX_TUNNEL_DEPTH
  return isTooDeep ? { ...base, reason: { code: 'many-tunnels', params: { most: MAX_TUNNEL_DEPTH } } } : undefined
}

function unknownLink(linkType: number): Malformed {
  const reason = { code: 'other-link', params: { linkType } } as const
  return { layer: 'ethernet', cause: 'invalid', offset: 0, reason, isMissing: true, fields: [] }
}
