// What a packet must look like at one capture point, and the comparison with what was seen there. A mismatch names the
// field with both values, so that a failed hop reads "tag 121 instead of 120" and not just "nothing matched".
//
// The expected headers per hop are those of the reference, "neutron-datapath" §16.2. Each check is one row of a table:
// what the expectation asks for, and what the header says.

import { compareEncapsulation } from './compare-encapsulation'
import type { HeaderShape } from './headers'
import { type AnyOf, compareValue, type Mismatch, type MismatchField } from './mismatch'
import { protocolOf } from './protocol-of'

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
  readonly ttl?: AnyOf<number>
  readonly icmpId?: AnyOf<number>
  readonly icmpSequence?: AnyOf<number>
  readonly dhcpMessageType?: AnyOf<string>
  readonly dhcpTransactionId?: AnyOf<number>
  readonly dhcpClientMac?: AnyOf<string>
}

export type MatchResult = { readonly ok: true } | { readonly ok: false; readonly mismatches: readonly Mismatch[] }

export function matches(shape: HeaderShape, expectation: Expectation): MatchResult {
  const wrapping = compareEncapsulation(shape, expectation)
  const mismatches = [...wrapping, ...checks.flatMap((check) => compare(check, shape, expectation))]
  return mismatches.length === 0 ? { ok: true } : { ok: false, mismatches }
}

interface Check {
  readonly field: MismatchField
  readonly expected: (expectation: Expectation) => AnyOf<string | number> | undefined
  readonly seen: (shape: HeaderShape) => string | number | undefined
}

const checks: readonly Check[] = [
  { field: 'protocol', expected: (e) => e.protocol, seen: protocolOf },
  { field: 'source MAC', expected: (e) => e.sourceMac, seen: (s) => s.ethernet.source },
  { field: 'destination MAC', expected: (e) => e.destinationMac, seen: (s) => s.ethernet.destination },
  { field: 'source IP', expected: (e) => e.sourceIp, seen: (s) => (s.ipv4 ?? s.ipv6)?.source ?? s.arp?.senderIp },
  { field: 'destination IP', expected: (e) => e.destinationIp, seen: destinationIpOf },
  { field: 'TTL', expected: (e) => e.ttl, seen: (s) => (s.ipv4 ?? s.ipv6)?.ttl },
  { field: 'ICMP id', expected: (e) => e.icmpId, seen: (s) => (s.icmp ?? s.icmpv6)?.identifier },
  { field: 'ICMP sequence', expected: (e) => e.icmpSequence, seen: (s) => (s.icmp ?? s.icmpv6)?.sequence },
  { field: 'DHCP message', expected: (e) => e.dhcpMessageType, seen: (s) => s.dhcp?.messageType },
  { field: 'DHCP transaction', expected: (e) => e.dhcpTransactionId, seen: (s) => s.dhcp?.transactionId },
  { field: 'DHCP client', expected: (e) => e.dhcpClientMac, seen: (s) => s.dhcp?.clientMac },
]

function compare(check: Check, shape: HeaderShape, expectation: Expectation): Mismatch[] {
  const wanted = check.expected(expectation)
  return wanted === undefined ? [] : compareValue(check.field, wanted, check.seen(shape))
}

function destinationIpOf({ ipv4, ipv6, icmpv6, arp }: HeaderShape): string | undefined {
  return icmpv6?.target ?? (ipv4 ?? ipv6)?.destination ?? arp?.targetIp
}
