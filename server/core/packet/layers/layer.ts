// What all layers of a dissected packet have in common, and how one layer names the next.
// A layer knows where it lies in the frame, so that a hex pane can light up the layer, one field of it, or its payload.

export type Protocol = 'ethernet' | 'vlan' | 'arp' | 'ipv4' | 'ipv6' | 'icmp' | 'icmpv6' | 'udp' | 'tcp' | 'vxlan' | 'dhcp' | 'dns'

/** Bytes of the frame, counted from its first byte. */
export interface Span {
  readonly offset: number
  readonly length: number
}

export type FieldValue = string | number | boolean

export interface Field extends Span {
  readonly name: string
  readonly value: FieldValue
}

/** The span of a layer is its header; what it carries is `payload`. */
export interface LayerBase extends Span {
  readonly protocol: Protocol
  /** As the headers declare it: on a frame that the capture cut, it reaches beyond the captured bytes. */
  readonly payload: Span
  /** Several fields may share bytes, as flags do. */
  readonly fields: readonly Field[]
}

export interface NextLayer {
  readonly protocol: Protocol
  readonly span: Span
}

export interface LayerStep<L extends LayerBase = LayerBase> {
  readonly layer: L
  readonly next: NextLayer | undefined
}
