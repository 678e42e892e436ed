// Action list → canonical actions. The dictionary of decoders is put together here, and two rules of whole lists. VLAN: changing the VLAN of a frame that is not known to be tagged pushes a tag first. OpenFlow 1.0 leaves that
// unsaid (`mod_vlan_vid:3`), 1.1 and later print it (`push_vlan:0x8100,set_field:4099->vlan_vid`); canonical says it.
// Instructions: goto_table:N is a last resubmit(,N), and canonical is resubmit, but not behind clear_actions, write_actions and
// write_metadata: there goto comes last, a resubmit comes first, and ovs-ofctl refuses it (ovsinsts, lib/ofp-actions.c).
//
//   match untagged, mod_vlan_vid:3,resubmit(,58)  →  push_vlan:0x8100,mod_vlan_vid:3,resubmit(,58)

import { failed, parsed, type ParseResult } from '../parse-result'
import type { Action, ActionContext, ActionDecoder } from './action'
import { fieldDecoders } from './action-field'
import { learn } from './action-learn'
import { otherDecoders } from './action-other'
import { outputDecoders, portAction, reservedPort, resubmitAction } from './action-output'
import { canonicalPort, isReservedPort, type PortNames } from './port-name'
import { pushVlan } from './set-action'
import { tokenize, type Term } from './tokenize'

const decoders: ReadonlyMap<string, ActionDecoder> = new Map(
  Object.entries({ ...outputDecoders, ...fieldDecoders, ...otherDecoders, learn }),
)

export interface ActionOptions {
  readonly ports: PortNames
  /** The match, or an earlier action, says the frame is tagged. */
  readonly hasVlanTag: boolean
  /** Actions that were read with the same ports and tag, by their text: lists differ, and are made of few (`strip_vlan`, `resubmit(,81)`). */
  readonly known?: Map<string, Action>
}

export function parseActions(text: string, options: ActionOptions): ParseResult<readonly Action[]> {
  const terms = tokenize(text)
  if (!terms.ok) return terms
  const context: ActionContext = { ports: options.ports, canonicalNested: (nested) => canonicalActions(nested, options) }
  const actions: Action[] = []
  for (const term of terms.value) {
    const known = options.known?.get(term.text)
    const action = known ? parsed(known) : decodeAction(term, context)
    if (!action.ok) return { ok: false, error: { ...action.error, span: term.span } }
    if (!known) options.known?.set(term.text, action.value)
    actions.push(action.value)
  }
  return parsed(withPushedTags(withoutGoto(actions), options.hasVlanTag))
}

export function canonicalActions(text: string, options: ActionOptions): ParseResult<string> {
  const actions = parseActions(text, options)
  return actions.ok ? parsed(renderActions(actions.value)) : actions
}

const renderActions = (actions: readonly Action[]): string =>
  actions.length === 0 ? 'drop' : actions.map((action) => action.text).join(',')

function decodeAction(term: Term, context: ActionContext): ParseResult<Action> {
  const decode = decoders.get(term.key) ?? (term.key === 'CONTROLLER' ? decoders.get('controller') : undefined)
  if (decode) return decode(term, context)
  if (isReservedPort(term.key)) return reservedPort(term, context)
  if (term.delimiter === '' && /^(?:\d+|".*")$/.test(term.key)) {
    const port = canonicalPort(term.key, context.ports)
    return port.ok ? parsed(portAction(port.value)) : port
  }
  return failed({ code: 'unknown-action', params: { action: term.key } }, term.key)
}

const INSTRUCTIONS = new Set(['clear_actions', 'write_actions', 'write_metadata'])

function withoutGoto(actions: readonly Action[]): readonly Action[] {
  const last = actions.at(-1)
  if (last?.kind !== 'resubmit' || !last.text.startsWith('goto_table')) return actions
  if (actions.some((action) => action.kind === 'other' && INSTRUCTIONS.has(action.name))) return actions
  return [...actions.slice(0, -1), resubmitAction(last.port, last.table, '')]
}

const changesTag = ({ kind }: Action): boolean => kind === 'set-vlan' || kind === 'set-vlan-priority'

function withPushedTags(actions: readonly Action[], hasVlanTag: boolean): readonly Action[] {
  if (!actions.some(changesTag)) return actions
  let isTagged = hasVlanTag
  return actions.flatMap((action) => {
    const result = changesTag(action) && !isTagged ? [pushVlan, action] : [action]
    if (changesTag(action) || action.kind === 'push-vlan') isTagged = true
    if (action.kind === 'strip-vlan') isTagged = false
    isTagged = action.isTaggedAfter ?? isTagged
    return result
  })
}
