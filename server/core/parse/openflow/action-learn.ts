// learn(…): a flow that writes flows. Its settings are put in the order Open vSwitch prints them, its specifications keep
// theirs (a later load may overwrite an earlier one).
//
//   learn(table=20,hard_timeout=300,priority=1,cookie=0xf24601eeb456e4b5,NXM_OF_VLAN_TCI[0..11],
//         NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_VLAN_TCI[],output:OXM_OF_IN_PORT[])
//
// Rules: lib/learn.c, learn_format, of Open vSwitch.

import { collect, failed, parsed, type ParseResult } from '../parse-result'
import type { ActionDecoder } from './action'
import { splitArrow } from './action-field'
import { parseTable } from './action-output'
import { findField, formatSubfield, isWholeField, parseFieldNumber, parseSubfield, type Subfield } from './fields'
import { tokenize, type Term } from './tokenize'
import { formatMasked, parseMasked, parseNumber } from './values'

/** Setting → what it is when not written, in printing order. */
const settings: ReadonlyMap<string, string> = new Map([
  ['table', '1'],
  ['idle_timeout', '0'],
  ['hard_timeout', '0'],
  ['fin_idle_timeout', '0'],
  ['fin_hard_timeout', '0'],
  ['priority', '32768'],
  ['send_flow_rem', ''],
  ['delete_learned', ''],
  ['cookie', '0x0'],
  ['limit', '0'],
  ['result_dst', ''],
])
const flags = new Set(['send_flow_rem', 'delete_learned'])

export const learn: ActionDecoder = (term) => {
  const terms = tokenize(term.value)
  if (!terms.ok) return terms
  const own = collect(
    terms.value.filter((argument) => settings.has(argument.key)),
    canonicalSetting,
  )
  if (!own.ok) return own
  const specs = collect(
    terms.value.filter((argument) => !settings.has(argument.key)),
    canonicalSpec,
  )
  if (!specs.ok) return specs
  const given = new Map(own.value)
  const table = parseTable(given.get('table') ?? '1')
  if (!table.ok) return table
  given.set('table', String(table.value))
  const text = [...[...settings].flatMap(([key, missing]) => settingText(key, given.get(key), missing)), ...specs.value].join(',')
  return parsed({ kind: 'learn', table: table.value, text: `learn(${text})` })
}

function settingText(key: string, value: string | undefined, missing: string): readonly string[] {
  if (value === undefined || (key !== 'table' && !flags.has(key) && value === missing)) return []
  return [flags.has(key) ? key : `${key}=${value}`]
}

function canonicalSetting(term: Term): ParseResult<readonly [string, string]> {
  if (flags.has(term.key)) return parsed([term.key, ''])
  if (term.key === 'result_dst') {
    const subfield = parseSubfield(term.value)
    return subfield.ok ? parsed([term.key, formatSubfield(subfield.value)]) : subfield
  }
  const value = parseNumber(term.value)
  if (!value.ok) return value
  return parsed([term.key, term.key === 'cookie' ? `0x${value.value.toString(16)}` : value.value.toString()])
}

function canonicalSpec(term: Term): ParseResult<string> {
  if (term.key === 'load') return loadSpec(term)
  if (term.key === 'output') {
    const port = parseSubfield(term.value)
    return port.ok ? parsed(`output:${formatSubfield(port.value)}`) : port
  }
  const destination = parseSubfield(term.key)
  if (!destination.ok) return failed({ code: 'argument-unknown', params: { action: 'learn', argument: term.key } }, term.text)
  return term.delimiter === '' ? parsed(formatSubfield(destination.value)) : matchSpec(destination.value, term)
}

/** `NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[]`, `eth_type=0x0800`, `NXM_OF_VLAN_TCI[0..11]=5` */
function matchSpec(destination: Subfield, term: Term): ParseResult<string> {
  const target = formatSubfield(destination)
  const source = parseSubfield(term.value)
  if (source.ok) {
    const from = formatSubfield(source.value)
    return parsed(from === target ? target : `${target}=${from}`)
  }
  const { field } = destination
  if (!isWholeField(destination)) {
    const value = parseFieldNumber(term.value, destination)
    return value.ok ? parsed(`${target}=0x${value.value.toString(16)}`) : value
  }
  const masked = parseMasked(term.value, field.format, field.bits)
  return masked.ok ? parsed(`${field.setName}=${formatMasked(masked.value, field.format, field.bits)}`) : masked
}

/** `load:0->NXM_OF_VLAN_TCI[]`, `load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[]` */
function loadSpec(term: Term): ParseResult<string> {
  const [from = '', to = ''] = splitArrow(term.value) ?? []
  const destination = parseSubfield(to)
  if (!destination.ok) return destination
  const target = formatSubfield(destination.value)
  if (findField(from.replace(/\[.*$/, ''))) {
    const source = parseSubfield(from)
    return source.ok ? parsed(`load:${formatSubfield(source.value)}->${target}`) : source
  }
  const value = parseFieldNumber(from, destination.value)
  return value.ok ? parsed(`load:${value.value === 0n ? '0' : `0x${value.value.toString(16)}`}->${target}`) : value
}
