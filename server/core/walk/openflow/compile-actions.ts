// Canonical action text → instructions. The parser knows every spelling (parse/openflow/actions.ts); here each canonical action
// gets its meaning, and what has none here becomes `not-understood`, never nothing.
//
//   push_vlan:0x8100,mod_vlan_vid:3,load:0x3->NXM_NX_REG6[],resubmit(,60)

import type { Action } from '../../parse/openflow/action'
import { splitArrow } from '../../parse/openflow/action-field'
import { parseActions } from '../../parse/openflow/actions'
import { findField, parseSubfield } from '../../parse/openflow/fields'
import { noPortNames } from '../../parse/openflow/port-name'
import { tokenize, type Term } from '../../parse/openflow/tokenize'
import { allOnes, parseMasked } from '../../parse/openflow/values'
import type { Conntrack, Instruction, Nat, Part } from './instruction'
import { findSlot, maskWords, slotOf } from './layout'

const NOTHING: Instruction = { kind: 'nothing' }
/** Of the fields that are not known here the only one that another name looks at: in_port in OpenFlow 1.1's numbers, of which only reading is safe. */
const OTHER_IN_PORT = 'in_port_oxm'

export function compileActions(text: string): readonly Instruction[] {
  const actions = parseActions(text, { ports: noPortNames, hasVlanTag: true })
  if (!actions.ok) return [{ kind: 'not-understood', text }]
  return actions.value.map((action, index) => compileAction(action, actions.value[index + 1]))
}

function compileAction(action: Action, next: Action | undefined): Instruction {
  switch (action.kind) {
    case 'output':
      if (/^controller\(.*\bpause\b/.test(action.text)) return { kind: 'not-understood', text: action.text }
      return { kind: 'output', port: unquoted(action.port) }
    case 'normal':
      return { kind: 'normal' }
    case 'drop':
      return NOTHING
    case 'resubmit':
      return {
        kind: 'resubmit',
        port: action.port && unquoted(action.port),
        table: action.table,
        withTuple: action.text.endsWith(',ct)'),
      }
    case 'push-vlan':
      return { kind: 'push-vlan', tpid: Number(action.text.slice('push_vlan:'.length)), mayBeImplied: impliesPush(action, next) }
    case 'set-vlan':
      return setNumber('vlan_vid', BigInt(0x1000 | action.vlanId))
    case 'set-vlan-priority':
      return setNumber('dl_vlan_pcp', BigInt(action.priority))
    case 'strip-vlan':
      return { kind: 'pop-vlan' }
    case 'set-tunnel':
      return setNumber('tun_id', BigInt(action.tunnelId))
    case 'set-field':
      return setField(action.field, action.value, action.text)
    case 'learn':
      return { kind: 'learn' }
    case 'other':
      return compileOther(action.name, action.text)
  }
}

const impliesPush = (push: Action, next: Action | undefined): boolean =>
  push.text === 'push_vlan:0x8100' && (next?.kind === 'set-vlan' || next?.kind === 'set-vlan-priority')

export const unquoted = (port: string): string => (port.startsWith('"') ? (JSON.parse(port) as string) : port)

function setNumber(field: string, value: bigint): Instruction {
  const slot = slotOf(field)
  return { kind: 'set', field, parts: maskWords(slot, value, allOnes(slot.bits)) }
}

function setField(name: string, value: string, text: string): Instruction {
  const [field, slot] = [findField(name), findSlot(name)]
  if (!field || name === OTHER_IN_PORT) return { kind: 'not-understood', text }
  if (!slot) return NOTHING
  const masked = parseMasked(value, field.format, field.bits)
  if (!masked.ok) return { kind: 'not-understood', text }
  return { kind: 'set', field: name, parts: maskWords(slot, masked.value.value, masked.value.mask) }
}

function partOf(text: string): Part | null {
  const subfield = parseSubfield(text)
  if (!subfield.ok) return null
  const { field, start, width } = subfield.value
  return { field: field.name, slot: findSlot(field.name) ?? null, start, width }
}

type Compile = (argument: string, text: string) => Instruction | null

const withPart =
  (make: (part: Part) => Instruction | null): Compile =>
  (argument) => {
    const part = partOf(argument)
    return part && make(part)
  }

const nothing: Compile = () => NOTHING

/** By the name of the action; null from one: not understood. */
const others: Readonly<Record<string, Compile>> = {
  output: (argument, text) => truncatedOutput(text) ?? withPart((from) => ({ kind: 'output-field', from }))(argument, text),
  enqueue: (argument) => ({ kind: 'output', port: unquoted(argument.slice(0, argument.lastIndexOf(':'))) }),
  load: (argument) => {
    const [value = '', name = ''] = splitArrow(argument) ?? []
    const part = partOf(name)
    if (!part || part.field === OTHER_IN_PORT) return null
    if (!part.slot) return NOTHING
    const mask = allOnes(part.width) << BigInt(part.start)
    return { kind: 'set', field: part.field, parts: maskWords(part.slot, BigInt(value) << BigInt(part.start), mask) }
  },
  move: (argument) => {
    const [from, to] = (splitArrow(argument) ?? []).map(partOf)
    return from && to && to.field !== OTHER_IN_PORT ? { kind: 'move', from, to } : null
  },
  push: withPart((from) => ({ kind: 'push', from })),
  pop: withPart((to) => (to.field === OTHER_IN_PORT ? null : { kind: 'pop', to })),
  write_metadata: (argument, text) => setField('metadata', argument, text),
  group: (argument) => ({ kind: 'group', id: Number(argument) }),
  dec_ttl: () => ({ kind: 'dec-ttl' }),
  write_actions: (argument) => ({ kind: 'write-actions', actions: compileActions(argument) }),
  clear_actions: () => ({ kind: 'clear-actions' }),
  clone: (argument) => ({ kind: 'clone', actions: compileActions(argument) }),
  ct: (argument) => compileConntrack(argument),
  ct_clear: () => ({ kind: 'ct-clear' }),
  exit: () => ({ kind: 'exit' }),
  note: nothing,
  meter: nothing,
  sample: nothing,
  set_queue: nothing,
  pop_queue: nothing,
  fin_timeout: nothing,
  conjunction: nothing,
  debug_recirc: nothing,
  debug_slow: nothing,
}

function compileOther(name: string, text: string): Instruction {
  return others[name]?.(argumentOf(text), text) ?? { kind: 'not-understood', text }
}

/** `name:argument` or `name(argument)`. */
function argumentOf(text: string): string {
  const at = text.search(/[:(]/)
  if (at < 0) return ''
  return text.charAt(at) === '(' ? text.slice(at + 1, text.lastIndexOf(')')) : text.slice(at + 1)
}

/** output(port=1,max_len=100) */
function truncatedOutput(text: string): Instruction | null {
  const port = /^output\(port=(.+),max_len=\d+\)$/.exec(text)?.[1]
  return port === undefined ? null : { kind: 'output', port: unquoted(port) }
}

/** `commit,table=4,zone=NXM_NX_REG6[0..15],nat(src=10.0.0.1),exec(load:0x1->NXM_NX_CT_MARK[])` */
function compileConntrack(argument: string): Conntrack | null {
  const terms = tokenize(argument)
  if (!terms.ok) return null
  const find = (key: string): Term | undefined => terms.value.find((term) => term.key === key)
  const zone = zoneOf(find('zone')?.value)
  const table = find('table')
  if (zone === null) return null
  return {
    kind: 'ct',
    table: table ? Number(table.value) : null,
    zone,
    exec: find('exec') ? compileActions(find('exec')?.value ?? '') : [],
    nat: natOf(find('nat')),
  }
}

function zoneOf(text: string | undefined): number | Part | null {
  if (text === undefined) return 0
  return /^\d+$/.test(text) ? Number(text) : partOf(text)
}

function natOf(term: Term | undefined): Nat | null {
  if (!term) return null
  const side = /^(src|dst)/.exec(term.value)?.[1]
  return { side: side === 'src' || side === 'dst' ? side : null }
}
