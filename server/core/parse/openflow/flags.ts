// Flag fields: `ct_state=-new+trk`, `tcp_flags=+syn-ack`; `trk|new` and a plain number are exact, all other bits unset, also those
// without a name. Canonical is what match_format of Open vSwitch prints: +/- in bit order, for an exact match the list, `0` for none.

import { collect, failed, parsed, type ParseResult } from '../parse-result'
import { allOnes, parseNumber, type Masked } from './values'

export const ctStateFlags = ['new', 'est', 'rel', 'rpl', 'inv', 'trk', 'snat', 'dnat'] as const
export const tcpFlags = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr', 'ns'] as const
/** The only one that OpenFlow knows (FLOW_TNL_PUB_F_MASK); df, csum and key are of the datapath. */
export const tunnelFlags = ['oam'] as const

const SIGNED = /[+-][a-z]{1,8}/g

export function canonicalFlags(text: string, names: readonly string[]): ParseResult<string> {
  if (/^(?:[+-][a-z]{1,8}){1,16}$/.test(text)) return fromSigned(text, names)
  const [value = '', mask] = text.split('/')
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(value)) return fromNumbers(value, mask, names)
  return fromList(text, names)
}

function fromSigned(text: string, names: readonly string[]): ParseResult<string> {
  const flags = text.match(SIGNED) ?? []
  const unknown = flags.find((flag) => !names.includes(flag.slice(1)))
  if (unknown) return failed({ code: 'is-not', params: { text: unknown, what: 'flag' } }, text)
  return parsed([...flags].sort((left, right) => names.indexOf(left.slice(1)) - names.indexOf(right.slice(1))).join(''))
}

function fromNumbers(value: string, mask: string | undefined, names: readonly string[]): ParseResult<string> {
  const bits = parseNumber(value, 32)
  if (!bits.ok) return bits
  if (mask === undefined) return exact(bits.value, names)
  const care = parseNumber(mask, 32)
  if (!care.ok) return care
  if (care.value >> BigInt(names.length) !== 0n) return parsed(`0x${(bits.value & care.value).toString(16)}/0x${care.value.toString(16)}`)
  const flags = names.map((name, bit) => {
    const flag = 1n << BigInt(bit)
    return (care.value & flag) === 0n ? '' : `${(bits.value & flag) === 0n ? '-' : '+'}${name}`
  })
  return parsed(flags.join(''))
}

function exact(bits: bigint, names: readonly string[]): ParseResult<string> {
  const rest = bits >> BigInt(names.length)
  const set = names.filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
  if (rest !== 0n) set.push(`0x${(rest << BigInt(names.length)).toString(16)}`)
  return parsed(set.join('|') || '0')
}

function fromList(text: string, names: readonly string[]): ParseResult<string> {
  let bits = 0n
  for (const name of text.split('|')) {
    const bit = names.indexOf(name)
    const number = bit < 0 ? parseNumber(name, 32) : parsed(1n << BigInt(bit))
    if (!number.ok) return failed({ code: 'is-not', params: { text: name, what: 'flag' } }, text)
    bits |= number.value
  }
  return exact(bits, names)
}

/** What canonical text asks for: which of the flags must be set among those that are looked at. Lists ask for all of the field. */
export function flagBits(text: string, names: readonly string[], bits: number): ParseResult<Masked> {
  const signed = text.match(SIGNED)
  if (signed) {
    const bit = (flag: string) => 1n << BigInt(names.indexOf(flag.slice(1)))
    const sum = (flags: readonly string[]) => flags.reduce((all, flag) => all | bit(flag), 0n)
    return parsed({ value: sum(signed.filter((flag) => flag.startsWith('+'))), mask: sum(signed) })
  }
  const [list = '', mask] = text.split('/')
  const value = collect(list.split('|'), (name) =>
    names.includes(name) ? parsed(1n << BigInt(names.indexOf(name))) : parseNumber(name, bits),
  )
  const care = mask === undefined ? parsed(allOnes(bits)) : parseNumber(mask, bits)
  if (!value.ok) return value
  return care.ok ? parsed({ value: value.value.reduce((all, each) => all | each, 0n), mask: care.value }) : care
}
