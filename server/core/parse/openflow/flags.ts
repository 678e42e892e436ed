// Flag fields: `ct_state=-new+trk`, `tcp_flags=+syn-ack`, also written `trk|new` (all others unset) or as a number.
// Canonical is the +/- form in bit order, as match_format of Open vSwitch prints it.

import { failed, parsed, type ParseResult } from '../parse-result'
import { parseNumber } from './values'

export const ctStateFlags = ['new', 'est', 'rel', 'rpl', 'inv', 'trk', 'snat', 'dnat'] as const
export const tcpFlags = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr', 'ns'] as const
export const tunnelFlags = ['df', 'csum', 'key', 'oam'] as const

const SIGNED = /[+-][a-z]{1,8}/g

export function canonicalFlags(text: string, names: readonly string[]): ParseResult<string> {
  if (/^(?:[+-][a-z]{1,8}){1,16}$/.test(text)) return fromSigned(text, names)
  const [value = '', mask] = text.split('/')
  if (/^(?:0x)?\d/.test(value)) return fromNumbers(value, mask, names)
  return fromList(text, names)
}

function fromSigned(text: string, names: readonly string[]): ParseResult<string> {
  const flags = text.match(SIGNED) ?? []
  const unknown = flags.find((flag) => !names.includes(flag.slice(1)))
  if (unknown) return failed(`"${unknown}" is not a flag here`, text)
  return parsed([...flags].sort((left, right) => names.indexOf(left.slice(1)) - names.indexOf(right.slice(1))).join(''))
}

function fromNumbers(value: string, mask: string | undefined, names: readonly string[]): ParseResult<string> {
  const bits = parseNumber(value, 16)
  if (!bits.ok) return bits
  const care = mask === undefined ? parsed(0xffffn) : parseNumber(mask, 16)
  if (!care.ok) return care
  const flags = names.map((name, bit) => {
    const flag = 1n << BigInt(bit)
    return (care.value & flag) === 0n ? '' : `${(bits.value & flag) === 0n ? '-' : '+'}${name}`
  })
  return parsed(flags.join(''))
}

/** `syn|ack` is an exact match: the flags not named must be unset. */
function fromList(text: string, names: readonly string[]): ParseResult<string> {
  const listed = text.split('|')
  const unknown = listed.find((name) => !names.includes(name))
  if (unknown !== undefined) return failed(`"${unknown}" is not a flag here`, text)
  return parsed(names.map((name) => `${listed.includes(name) ? '+' : '-'}${name}`).join(''))
}
