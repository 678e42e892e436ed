// IPv4 addresses as numbers, and the ranges of a subnet. Parsing is ipaddr.js's; only the canonical form is accepted, so
// that equal addresses are equal strings everywhere (010.0.0.1 would be 8.0.0.1 to one tool and 10.0.0.1 to another).

import ipaddr from 'ipaddr.js'

// The package is CommonJS: Node sees only its default export.
const { IPv4 } = ipaddr

/** Inclusive. */
export interface AddressRange {
  readonly first: number
  readonly last: number
}

export interface Cidr {
  readonly network: number
  readonly broadcast: number
  readonly prefixLength: number
  /** What hosts may have: without first and last up to /30, everything in /31 and /32 (RFC 3021). */
  readonly usable: AddressRange
}

export function parseIpv4(text: string): number | null {
  if (!IPv4.isValidFourPartDecimal(text)) return null
  const value = IPv4.parse(text)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0)
  return renderIpv4(value) === text ? value : null
}

export function renderIpv4(value: number): string {
  return new IPv4([24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff)).toString()
}

/** null when it is no CIDR, or one with host bits set (10.0.0.5/24); suggestCidr says what was probably meant. */
export function parseCidr(text: string): Cidr | null {
  const cidr = readCidr(text)
  return cidr && renderCidr(cidr) === text ? cidr : null
}

/** 10.0.0.0/24 for 10.0.0.5/24; null for what is no address with a prefix at all. */
export function suggestCidr(text: string): string | null {
  const cidr = readCidr(text)
  return cidr && renderCidr(cidr)
}

function readCidr(text: string): Cidr | null {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const value = parseIpv4(address)
  if (value === null || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(prefix) || Number(prefix) > 32) return null
  return makeCidr(value, Number(prefix))
}

export function makeCidr(address: number, prefixLength: number): Cidr {
  const size = 2 ** (32 - prefixLength)
  const network = address - (address % size)
  const broadcast = network + size - 1
  const usable = prefixLength > 30 ? { first: network, last: broadcast } : { first: network + 1, last: broadcast - 1 }
  return { network, broadcast, prefixLength, usable }
}

const renderCidr = (cidr: Cidr): string => `${renderIpv4(cidr.network)}/${cidr.prefixLength}`

export const isInCidr = (cidr: Cidr, address: number): boolean => address >= cidr.network && address <= cidr.broadcast
export const isUsable = (cidr: Cidr, address: number): boolean => isInRange(cidr.usable, address)
export const isInRange = (range: AddressRange, value: number): boolean => value >= range.first && value <= range.last
export const doRangesOverlap = (a: AddressRange, b: AddressRange): boolean => a.first <= b.last && b.first <= a.last
export const doCidrsOverlap = (a: Cidr, b: Cidr): boolean =>
  doRangesOverlap({ first: a.network, last: a.broadcast }, { first: b.network, last: b.broadcast })

/** 224.0.0.0/4 */
export const isMulticast = (address: number): boolean => Math.floor(address / 2 ** 28) === 14
/** 127.0.0.0/8 */
export const isLoopback = (address: number): boolean => Math.floor(address / 2 ** 24) === 127
/** 0.0.0.0/8, "this network". */
export const isZeroBased = (address: number): boolean => address < 2 ** 24
/** 169.254.0.0/16, which no router forwards. */
export const isLinkLocal = (address: number): boolean => Math.floor(address / 2 ** 16) === 0xa9fe
/** 240.0.0.0/4 */
export const isReserved = (address: number): boolean => Math.floor(address / 2 ** 28) === 15
const LIMITED_BROADCAST = 2 ** 32 - 1
/** An address that one host can have, and others a route to. */
export const isUnicast = (address: number): boolean =>
  !isZeroBased(address) && !isLoopback(address) && !isMulticast(address) && address !== LIMITED_BROADCAST
