// The remaining actions: conntrack, nesting, groups and meters, and those nothing in Tapline depends on, which are kept
// as printed. An action that is in no dictionary is an error, never passed through.
//
//   ct(commit,zone=5,exec(load:0x1->NXM_NX_CT_MARK[]))   clone(output:1,output:2)   write_metadata:0x5   group:1   exit

import { collect, failed, parsed, type ParseResult } from '../parse-result'
import { bare, other, verbatim, withArgument, type ActionContext, type ActionDecoder, type ActionDecoders } from './action'
import { parseTable } from './action-output'
import { formatSubfield, parseSubfield } from './fields'
import { tokenize, type Term } from './tokenize'
import { parseNumber } from './values'

/** Printing order of format_CT in lib/ofp-actions.c. */
const ctOrder = ['commit', 'force', 'table', 'zone', 'nat', 'alg', 'exec']

const ct: ActionDecoder = (term, context) => {
  if (term.delimiter === '') return parsed(other('ct', 'ct'))
  const terms = tokenize(term.value)
  if (!terms.ok) return terms
  const texts = collect(terms.value, (argument) => ctArgument(argument, context))
  if (!texts.ok) return texts
  const order = (text: string) => ctOrder.findIndex((key) => text === key || text.startsWith(`${key}=`) || text.startsWith(`${key}(`))
  return parsed(other('ct', `ct(${[...texts.value].sort((left, right) => order(left) - order(right)).join(',')})`))
}

function ctArgument(term: Term, context: ActionContext): ParseResult<string> {
  switch (term.key) {
    case 'commit':
    case 'force':
      return parsed(term.key)
    case 'table': {
      const table = parseTable(term.value)
      return table.ok ? parsed(`table=${table.value}`) : table
    }
    case 'zone':
      return zoneArgument(term.value)
    case 'exec': {
      const actions = context.canonicalNested(term.value)
      return actions.ok ? parsed(`exec(${actions.value})`) : actions
    }
    case 'nat':
    case 'alg':
      return parsed(term.text.replaceAll(/\s+/g, ''))
    default:
      return failed({ code: 'argument-unknown', params: { action: 'ct', argument: term.key } }, term.text)
  }
}

function zoneArgument(text: string): ParseResult<string> {
  const subfield = parseSubfield(text)
  if (subfield.ok) return parsed(`zone=${formatSubfield(subfield.value)}`)
  const zone = parseNumber(text, 16)
  return zone.ok ? parsed(`zone=${zone.value}`) : zone
}

const nested =
  (name: string): ActionDecoder =>
  (term, context) => {
    const actions = context.canonicalNested(term.value)
    return actions.ok ? parsed(other(name, `${name}(${actions.value})`)) : actions
  }

const decimal = (text: string): ParseResult<string> => {
  const value = parseNumber(text)
  return value.ok ? parsed(value.value.toString()) : value
}
const hex = (text: string): ParseResult<string> => {
  const value = parseNumber(text)
  return value.ok ? parsed(`0x${value.value.toString(16)}`) : value
}
/** The value is printed with the bits that its mask leaves out (format_WRITE_METADATA in lib/ofp-actions.c), so they stay. */
const metadata = (text: string): ParseResult<string> => {
  const numbers = collect(text.split('/', 2), hex)
  if (!numbers.ok) return numbers
  return parsed(numbers.value.filter((number, index) => index === 0 || number !== ALL_ONES).join('/'))
}
const ALL_ONES = '0xffffffffffffffff'

const verbatimNames = [
  'conjunction', 'fin_timeout', 'multipath', 'bundle', 'bundle_load', 'sample', 'check_pkt_larger', 'encap', 'decap',
  'delete_field', 'note', 'dec_ttl', 'dec_mpls_ttl', 'dec_nsh_ttl',
] as const // prettier-ignore
const bareNames = ['exit', 'ct_clear', 'clear_actions', 'pop_queue', 'debug_recirc', 'debug_slow'] as const

export const otherDecoders: ActionDecoders = {
  ct,
  clone: nested('clone'),
  write_actions: nested('write_actions'),
  write_metadata: withArgument('write_metadata', metadata),
  meter: withArgument('meter', decimal),
  group: withArgument('group', decimal),
  set_queue: withArgument('set_queue', decimal),
  push_mpls: withArgument('push_mpls', hex),
  pop_mpls: withArgument('pop_mpls', hex),
  ...Object.fromEntries(verbatimNames.map((name) => [name, verbatim(name)])),
  ...Object.fromEntries(bareNames.map((name) => [name, bare(name)])),
}
