// Addresses and prefixes of both families, as rules and allowed address pairs name them: parsed strictly, and written in one way, the kernel's tools'.

import ipaddr from 'ipaddr.js'
import { makeCidr, parseIpv4, renderIpv4 } from '../../ipv4'
import type { EtherType } from './security-group'

// The package is CommonJS: Node sees only its default export.
const { IPv6 } = ipaddr

export interface IpPrefix {
  readonly etherType: EtherType
  /** `10.0.0.0/8`, `2001:db8::/32`; an address alone is a prefix of its full length. */
  readonly text: string
  /** The same without host bits. */
  readonly network: string
  readonly isAddress: boolean
}

/** null for what is neither. */
export function parsePrefix(text: string): IpPrefix | null {
  const [address = '', length, ...rest] = text.split('/')
  if (rest.length > 0 || (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length))) return null
  return parseV4(address, length) ?? parseV6(address, length)
}

function parseV4(address: string, given: string | undefined): IpPrefix | null {
  const value = parseIpv4(address)
  const length = Number(given ?? 32)
  if (value === null || length > 32) return null
  const network = `${renderIpv4(makeCidr(value, length).network)}/${length}`
  return { etherType: 'IPv4', text: `${address}/${length}`, network, isAddress: length === 32 }
}

function parseV6(address: string, given: string | undefined): IpPrefix | null {
  const length = Number(given ?? 128)
  // ipaddr.js takes zones and dotted ends, too.
  if (!/^[0-9a-f:]+$/i.test(address) || !IPv6.isValid(address) || length > 128) return null
  const parsed = IPv6.parse(address)
  if (holdsIpv4(parsed.parts)) return null
  const masked = parsed.toByteArray().map((byte, index) => byte & maskOf(length - 8 * index))
  return {
    etherType: 'IPv6',
    text: `${parsed.toRFC5952String()}/${length}`,
    network: `${new IPv6(masked).toRFC5952String()}/${length}`,
    isAddress: length === 128,
  }
}

/** ::ffff:10.0.0.1 and ::10.0.0.1 stand for an address of IPv4: in no packet, and written in two ways. */
const holdsIpv4 = (parts: readonly number[]): boolean =>
  parts.slice(0, 5).every((part) => part === 0) && (parts[5] === 0xffff || (parts[5] === 0 && parts[6] !== 0))

const maskOf = (bits: number): number => (bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff)
