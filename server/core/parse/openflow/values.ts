// A shelf of tiny value decoders: text of a match or set_field value ↔ integer of so many bits, and back in the one
// spelling we call canonical. `10.0.1.0/255.255.255.0` → 10.0.1.0/24, `0x1A` → 0x1a, `FE80::0` → fe80::.
// Formats follow lib/meta-flow.c (mf_parse, mf_format) of Open vSwitch.

import ipaddr from 'ipaddr.js'
import { parseIpv6 } from '../../ipv6'
import { failed, parsed, type ParseResult } from '../parse-result'

export type ValueFormat = 'decimal' | 'hex' | 'mac' | 'ipv4' | 'ipv6'

export interface Masked {
  readonly value: bigint
  readonly mask: bigint
}

export const allOnes = (bits: number): bigint => (1n << BigInt(bits)) - 1n

const NUMBER = /^(?:0x[0-9a-f]{1,32}|\d{1,39})$/i
const MAC = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/i

export function parseNumber(text: string, bits = 64): ParseResult<bigint> {
  if (!NUMBER.test(text)) return failed({ code: 'is-not', params: { text, what: 'number' } }, text)
  const value = BigInt(text)
  return value <= allOnes(bits) ? parsed(value) : failed({ code: 'many-bits', params: { text, bits } }, text)
}

/** A whole number that JavaScript holds exactly: tables, priorities, time-outs. */
export function parseCount(text: string): ParseResult<number> {
  const value = parseNumber(text, 53)
  return value.ok ? parsed(Number(value.value)) : value
}

function parsePlain(text: string, format: ValueFormat, bits: number): ParseResult<bigint> {
  if (format === 'mac' && MAC.test(text)) return parsed(text.split(':').reduce((sum, byte) => (sum << 8n) | BigInt(`0x${byte}`), 0n))
  if (format === 'ipv4' && ipaddr.IPv4.isValidFourPartDecimal(text)) return parsed(bytesToInteger(ipaddr.IPv4.parse(text).toByteArray()))
  if (format === 'ipv6' && text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)) {
    return parsed(bytesToInteger(parseIpv6(text).toByteArray()))
  }
  return format === 'ipv6' ? failed({ code: 'is-not', params: { text, what: 'ipv6' } }, text) : parseNumber(text, bits)
}

const bytesToInteger = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/**
 * Does the text already have the spelling that parseMasked and formatMasked would give it? Nearly every value that a switch prints has, and
 * seeing it takes a fraction of the arithmetic. false says nothing.
 */
export function isCanonicalValue(text: string, format: ValueFormat, bits: number): boolean {
  if (format === 'decimal') return PLAIN_DECIMAL.test(text) && Number(text) < 2 ** bits
  if (format === 'hex') return PLAIN_HEX.test(text) && (text.length - '0x'.length) * 4 <= bits
  if (format === 'mac') return PLAIN_MAC.test(text)
  return format === 'ipv4' && PLAIN_IPV4.test(text)
}

/** Digits that a number holds exactly. */
const PLAIN_DECIMAL = /^(?:0|[1-9]\d{0,14})$/
const PLAIN_HEX = /^0x(?:0|[1-9a-f][0-9a-f]*)$/
const PLAIN_MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/
const PLAIN_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** `value` or `value/mask`; a mask of an address may be a prefix length. */
export function parseMasked(text: string, format: ValueFormat, bits: number): ParseResult<Masked> {
  const slash = text.indexOf('/')
  if (slash < 0) {
    const value = parsePlain(text, format, bits)
    return value.ok ? parsed({ value: value.value, mask: allOnes(bits) }) : value
  }
  const value = parsePlain(text.slice(0, slash), format, bits)
  if (!value.ok) return value
  const mask = parseMask(text.slice(slash + 1), format, bits)
  return mask.ok ? parsed({ value: value.value & mask.value, mask: mask.value }) : mask
}

function parseMask(text: string, format: ValueFormat, bits: number): ParseResult<bigint> {
  const isPrefix = (format === 'ipv4' || format === 'ipv6') && /^\d{1,3}$/.test(text)
  if (!isPrefix) return parsePlain(text, format, bits)
  const length = Number(text)
  return length <= bits ? parsed(prefixMask(length, bits)) : failed({ code: 'long-prefix', params: { length } }, text)
}

const prefixMask = (length: number, bits: number): bigint => allOnes(bits) ^ allOnes(bits - length)

export function formatMasked(masked: Masked, format: ValueFormat, bits: number): string {
  const isExact = masked.mask === allOnes(bits)
  // Open vSwitch prints a masked number in hex even where it prints the exact one in decimal (format_be16_masked).
  const valueFormat = format === 'decimal' && !isExact ? 'hex' : format
  const value = formatValue(masked.value, valueFormat)
  if (isExact) return value
  const length = format === 'ipv4' || format === 'ipv6' ? prefixLength(masked.mask, bits) : null
  return `${value}/${length ?? formatValue(masked.mask, valueFormat)}`
}

function prefixLength(mask: bigint, bits: number): number | null {
  for (let length = 0; length <= bits; length++) if (prefixMask(length, bits) === mask) return length
  return null
}

export function formatValue(value: bigint, format: ValueFormat): string {
  if (format === 'decimal') return value.toString()
  if (format === 'mac')
    return integerToBytes(value, 6)
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(':')
  if (format === 'ipv4') return integerToBytes(value, 4).join('.')
  if (format === 'ipv6') return ipaddr.IPv6.parse(groupsOf(value)).toRFC5952String()
  return `0x${value.toString(16)}`
}

const groupsOf = (value: bigint): string =>
  Array.from({ length: 8 }, (_, group) => ((value >> BigInt((7 - group) * 16)) & 0xffffn).toString(16)).join(':')

const integerToBytes = (value: bigint, length: number): readonly number[] =>
  Array.from({ length }, (_, index) => Number((value >> BigInt((length - 1 - index) * 8)) & 0xffn))
