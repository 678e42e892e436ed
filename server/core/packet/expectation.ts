// What a packet must look like at one capture point. The expected headers per hop are in docs/reference/frames.md.

/** One value, or any of several: an offer goes to the offered address or to everyone. */
export type AnyOf<T> = T | readonly T[]

export type ExpectedProtocol =
  | 'icmp-echo-request'
  | 'icmp-echo-reply'
  | 'icmpv6-echo-request'
  | 'icmpv6-echo-reply'
  | 'neighbour-solicitation'
  | 'neighbour-advertisement'
  | 'arp-request'
  | 'arp-reply'
  | 'dhcp'

export type ExpectedEncapsulation =
  | 'any'
  | 'untagged'
  | { readonly kind: 'dot1q'; readonly vlanId: number }
  | {
      readonly kind: 'vxlan'
      readonly vni: number
      readonly outerSource?: string
      readonly outerDestination?: string
      /** Tags of the underlay; not looked at when left out. */
      readonly outerVlanIds?: readonly number[]
    }

export interface Expectation {
  readonly encapsulation: ExpectedEncapsulation
  /** Tags inside `encapsulation`; none when left out, since a tag that should be gone is a fault. */
  readonly innerVlanIds?: readonly number[]
  readonly protocol: ExpectedProtocol
  readonly sourceMac?: AnyOf<string>
  readonly destinationMac?: AnyOf<string>
  /** For ARP the sender's and the target's protocol address; for neighbour discovery the target is the destination. */
  readonly sourceIp?: AnyOf<string>
  readonly destinationIp?: AnyOf<string>
  readonly ttl?: AnyOf<number> | undefined
  readonly icmpId?: AnyOf<number>
  readonly icmpSequence?: AnyOf<number>
  readonly dhcpMessageType?: AnyOf<string>
  readonly dhcpTransactionId?: AnyOf<number>
  readonly dhcpClientMac?: AnyOf<string>
}
