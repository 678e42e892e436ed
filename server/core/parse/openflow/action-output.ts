// Actions that send the packet on: output, the reserved ports, resubmit and goto_table, enqueue, controller.
//
//   output:"patch-tun"   2   IN_PORT   NORMAL   CONTROLLER:65535   resubmit(,60)   goto_table:60
//
// goto_table:N is the OpenFlow 1.1 spelling of a last resubmit(,N); actions.ts says when canonical is resubmit.

import { failed, parsed, type ParseResult } from '../parse-result'
import { other, type Action, type ActionContext, type ActionDecoder, type ActionDecoders } from './action'
import { formatSubfield, parseSubfield } from './fields'
import { canonicalPort, isReservedPort } from './port-name'
import { tokenize, type Term } from './tokenize'
import { parseCount } from './values'

/** OpenFlow tables are numbered 0 to 254; 255 means "the one it is in" in a resubmit. */
const MAX_TABLE = 255

export function portAction(port: string): Action {
  if (port === 'NORMAL') return { kind: 'normal', text: 'NORMAL' }
  return { kind: 'output', port, text: isReservedPort(port) ? port : `output:${port}` }
}

const output: ActionDecoder = (term, context) => {
  if (term.delimiter === '(') return truncatedOutput(term, context)
  if (/\[.*\]$/.test(term.value)) {
    const subfield = parseSubfield(term.value)
    return subfield.ok ? parsed(other('output', `output:${formatSubfield(subfield.value)}`)) : subfield
  }
  const port = canonicalPort(term.value, context.ports)
  return port.ok ? parsed(portAction(port.value)) : port
}

/** output(port=1,max_len=100) */
const truncatedOutput: ActionDecoder = (term, context) => {
  const value = (name: string) => new RegExp(`(?:^|,)${name}=([^,]+)`).exec(term.value)?.[1] ?? ''
  const port = canonicalPort(value('port'), context.ports)
  if (!port.ok) return port
  const length = parseCount(value('max_len'))
  return length.ok ? parsed(other('output', `output(port=${port.value},max_len=${length.value})`)) : length
}

/** NORMAL, FLOOD, …: bare words in either case. */
export const reservedPort: ActionDecoder = (term) =>
  term.delimiter === ''
    ? parsed(portAction(term.key.toUpperCase()))
    : failed({ code: 'argument-unasked', params: { action: term.key } }, term.text)

const controller: ActionDecoder = (term) => {
  if (term.delimiter === '(') return controllerWithArguments(term)
  const length = term.delimiter === '' ? parsed(0xffff) : parseCount(term.value)
  if (!length.ok) return length
  return parsed({ kind: 'output', port: 'CONTROLLER', text: `CONTROLLER:${length.value}` })
}

const controllerWithArguments = (term: Term): ParseResult<Action> => {
  const terms = tokenize(term.value)
  if (!terms.ok) return terms
  const text = terms.value
    .map((argument) => argument.text)
    .sort()
    .join(',')
  return parsed({ kind: 'output', port: 'CONTROLLER', text: `controller(${text})` })
}

export function parseTable(text: string): ParseResult<number> {
  const table = parseCount(text)
  return !table.ok || table.value <= MAX_TABLE ? table : failed({ code: 'is-no', params: { text, what: 'table' } }, text)
}

const gotoTable: ActionDecoder = (term) => {
  const table = parseTable(term.value)
  return table.ok ? parsed({ kind: 'resubmit', port: null, table: table.value, text: `goto_table:${table.value}` }) : table
}

export const resubmitAction = (port: string | null, table: number | null, tail: string): Action => ({
  kind: 'resubmit',
  port,
  table,
  text: table === null ? `resubmit:${port ?? 'IN_PORT'}` : `resubmit(${port ?? ''},${table}${tail})`,
})

/** resubmit:3, resubmit(3), resubmit(,60), resubmit(3,60), resubmit(,60,ct) */
const resubmit: ActionDecoder = (term, context) => {
  const [portText = '', tableText = '', tail, ...rest] = term.delimiter === '(' ? term.value.split(',') : [term.value]
  if (rest.length > 0 || (tail !== undefined && tail !== 'ct'))
    return failed({ code: 'many-arguments', params: { action: 'resubmit' } }, term.text)
  const port = resubmitPort(portText.trim(), context)
  if (!port.ok) return port
  if (tableText.trim() === '') return parsed(resubmitAction(port.value, null, ''))
  const table = parseTable(tableText.trim())
  return table.ok ? parsed(resubmitAction(port.value, table.value, tail ? ',ct' : '')) : table
}

function resubmitPort(text: string, context: ActionContext): ParseResult<string | null> {
  return text === '' || text.toUpperCase() === 'IN_PORT' ? parsed(null) : canonicalPort(text, context.ports)
}

/** enqueue:1:2 or enqueue(1,2) */
const enqueue: ActionDecoder = (term, context) => {
  const split = Math.max(term.value.lastIndexOf(':'), term.value.lastIndexOf(','))
  const port = canonicalPort(term.value.slice(0, Math.max(split, 0)), context.ports)
  if (!port.ok) return port
  const queue = parseCount(term.value.slice(split + 1))
  return queue.ok ? parsed(other('enqueue', `enqueue:${port.value}:${queue.value}`)) : queue
}

const drop: ActionDecoder = (term) =>
  term.delimiter === ''
    ? parsed({ kind: 'drop', text: 'drop' })
    : failed({ code: 'argument-unasked', params: { action: 'drop' } }, term.text)

export const outputDecoders: ActionDecoders = { output, controller, goto_table: gotoTable, resubmit, enqueue, drop }
