// Addresses as numbers, so that a route or a rule is asked without parsing text twice. IPv6 goes through ipaddr.js.

import ipaddr from 'ipaddr.js'
import { parseIpv6 } from '../ipv6'

export interface Prefix {
  readonly address: string
  readonly length: number
}

const DOT = 46
const ZERO = 48

/** Unsigned; null for what is no IPv4 address. Written out, because a walk asks it hundreds of times. */
export function ipv4(text: string): number | null {
  let [value, part, digits, dots] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return null
      ;[value, part, digits] = [value * 256 + part, 0, 0]
    } else if (code >= ZERO && code < ZERO + 10 && ++digits <= 3) part = part * 10 + code - ZERO
    else return null
    if (part > 255) return null
  }
  return dots === 3 && digits > 0 ? value * 256 + part : null
}

export const ipv4Text = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** `10.0.0.0/24`, an address alone, or iptables' `10.0.0.0/255.255.255.0`; null for anything else. */
export function parsePrefix(text: string): Prefix | null {
  const [address = '', suffix] = text.split('/')
  const isIpv4 = ipv4(address) !== null
  if (!isIpv4 && !ipaddr.IPv6.isValid(address)) return null
  const bits = isIpv4 ? 32 : 128
  const length = suffix === undefined ? bits : suffix.includes('.') ? maskLength(suffix) : Number(suffix)
  return Number.isInteger(length) && length >= 0 && length <= bits ? { address, length } : null
}

function maskLength(mask: string): number {
  const bits = (ipv4(mask) ?? 1).toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : Number.NaN
}

export function isInPrefix(address: string, { address: network, length }: Prefix): boolean {
  const [left, right] = [ipv4(address), ipv4(network)]
  if (left !== null && right !== null) return length === 0 || (left ^ right) >>> (32 - length) === 0
  if (left !== null || right !== null || !ipaddr.IPv6.isValid(address)) return false
  return parseIpv6(address).match(parseIpv6(network), length)
}

export const isMulticast = (address: string): boolean => isInPrefix(address, { address: '224.0.0.0', length: 4 })
