// Address bytes into the text that every tool of this field prints: lower-case MAC, dotted IPv4, IPv6 in its one
// canonical form, so that texts can be compared as addresses.
//
// Rules: RFC 5952 section 4 (IPv6 text), IEEE 802 (MAC with colons, as iproute2 and Open vSwitch print it).

import { hexDigits } from '../bytes'

/** Every frame has several MAC addresses, so their digits are made once. */
const byteDigits = Array.from({ length: 256 }, (_, byte) => hexDigits(byte, 2))

export function macText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += text === '' ? byteDigits[byte] : `:${byteDigits[byte]}`
  return text
}

export function ipv4Text(bytes: Uint8Array): string {
  return bytes.join('.')
}

export function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0))
  const zeros = longestZeroRun(groups)
  if (zeros.length < 2) return groupsText(groups)
  return `${groupsText(groups.slice(0, zeros.start))}::${groupsText(groups.slice(zeros.start + zeros.length))}`
}

function groupsText(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':')
}

/** The first of the longest runs, as RFC 5952 section 4.2.3 asks. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 }
  let length = 0
  groups.forEach((group, index) => {
    length = group === 0 ? length + 1 : 0
    if (length > longest.length) longest = { start: index - length + 1, length }
  })
  return longest
}
