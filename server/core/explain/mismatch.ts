// In what a packet differs from what was expected, in words.

import type { ExpectedEncapsulation } from '../packet/expectation'
import type { Mismatch, MismatchField } from '../packet/mismatch'
import { describeEncapsulation } from './packet'

const fieldWord: Record<MismatchField | 'encapsulation', string> = {
  encapsulation: '',
  tag: 'tag',
  vni: 'VNI',
  'outer-source': 'outer source',
  'outer-destination': 'outer destination',
  'outer-tag': 'outer tag',
  'inner-tag': 'inner tag',
  protocol: 'protocol',
  'source-mac': 'source MAC',
  'destination-mac': 'destination MAC',
  'source-ip': 'source IP',
  'destination-ip': 'destination IP',
  ttl: 'TTL',
  'icmp-id': 'ICMP id',
  'icmp-sequence': 'ICMP sequence',
  'dhcp-message': 'DHCP message',
  'dhcp-transaction': 'DHCP transaction',
  'dhcp-client': 'DHCP client',
}

/** In a record from before mismatches were data: the words themselves. */
interface Said {
  readonly field: string
  readonly expected: string
  readonly seen: string
}
const isSaid = (mismatch: Mismatch | Said): mismatch is Said => typeof mismatch.expected === 'string' && typeof mismatch.seen === 'string'

/** `tag 121 instead of 120, TTL 63 instead of 64`; an encapsulation names itself. */
export const mismatchWords = (mismatches: readonly (Mismatch | Said)[]): string => mismatches.map(mismatchWord).join(', ')

function mismatchWord(mismatch: Mismatch | Said): string {
  if (isSaid(mismatch)) return told(mismatch.field === 'encapsulation' ? '' : mismatch.field, mismatch.seen, mismatch.expected)
  if (mismatch.field === 'encapsulation') return told('', describeEncapsulation(mismatch.seen), wantedText(mismatch.expected))
  const { field, seen, expected } = mismatch
  return told(fieldWord[field], seen ?? 'nothing', expected.map((each) => each ?? 'nothing').join(' or '))
}

const told = (field: string, seen: string, expected: string): string => `${field}${field && ' '}${seen} instead of ${expected}`

function wantedText(wanted: Exclude<ExpectedEncapsulation, 'any'>): string {
  if (wanted === 'untagged') return 'untagged'
  return wanted.kind === 'dot1q' ? `802.1Q ${wanted.vlanId}` : `VXLAN ${wanted.vni}`
}
