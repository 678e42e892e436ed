// Holds a packet against what is expected of it. A mismatch names the field with both values, so that a failed hop reads "tag 121 instead
// of 120" and not just "nothing matched". Each check is one row of a table: what the expectation asks for, and what the header says.

import { compareEncapsulation } from './compare-encapsulation'
import type { AnyOf, Expectation } from './expectation'
import type { HeaderShape } from './headers'
import { compareValue, type Mismatch, type MismatchField } from './mismatch'
import { protocolOf } from './protocol-of'

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
  { field: 'source-mac', expected: (e) => e.sourceMac, seen: (s) => s.ethernet.source },
  { field: 'destination-mac', expected: (e) => e.destinationMac, seen: (s) => s.ethernet.destination },
  { field: 'source-ip', expected: (e) => e.sourceIp, seen: (s) => (s.ipv4 ?? s.ipv6)?.source ?? s.arp?.senderIp },
  { field: 'destination-ip', expected: (e) => e.destinationIp, seen: destinationIpOf },
  { field: 'ttl', expected: (e) => e.ttl, seen: (s) => (s.ipv4 ?? s.ipv6)?.ttl },
  { field: 'icmp-id', expected: (e) => e.icmpId, seen: (s) => (s.icmp ?? s.icmpv6)?.identifier },
  { field: 'icmp-sequence', expected: (e) => e.icmpSequence, seen: (s) => (s.icmp ?? s.icmpv6)?.sequence },
  { field: 'dhcp-message', expected: (e) => e.dhcpMessageType, seen: (s) => s.dhcp?.messageType },
  { field: 'dhcp-transaction', expected: (e) => e.dhcpTransactionId, seen: (s) => s.dhcp?.transactionId },
  { field: 'dhcp-client', expected: (e) => e.dhcpClientMac, seen: (s) => s.dhcp?.clientMac },
]

function compare(check: Check, shape: HeaderShape, expectation: Expectation): Mismatch[] {
  const wanted = check.expected(expectation)
  return wanted === undefined ? [] : compareValue(check.field, wanted, check.seen(shape))
}

function destinationIpOf({ ipv4, ipv6, icmpv6, arp }: HeaderShape): string | undefined {
  return icmpv6?.target ?? (ipv4 ?? ipv6)?.destination ?? arp?.targetIp
}
