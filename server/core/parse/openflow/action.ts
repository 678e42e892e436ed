// One OpenFlow action after canonicalisation, and what its decoders share. `text` is the canonical spelling; the other
// members spare its readers a second parser:
//
//   output:"patch-tun"      → { kind: 'output', port: 'patch-tun', text: 'output:patch-tun' }
//   set_field:4097->vlan_vid → { kind: 'set-vlan', vlanId: 1, text: 'mod_vlan_vid:1' }

import { failed, parsed, type ParseResult } from '../parse-result'
import type { PortNames } from './port-name'
import type { Term } from './tokenize'

type ActionMeaning =
  /** Port name, number as text, or LOCAL, IN_PORT, FLOOD, ALL, CONTROLLER. */
  | { readonly kind: 'output'; readonly port: string }
  | { readonly kind: 'normal' }
  | { readonly kind: 'drop' }
  /** Also goto_table. `port` and `table` are null where the packet keeps its own. */
  | { readonly kind: 'resubmit'; readonly port: string | null; readonly table: number | null }
  | { readonly kind: 'push-vlan' }
  | { readonly kind: 'set-vlan'; readonly vlanId: number }
  | { readonly kind: 'set-vlan-priority'; readonly priority: number }
  | { readonly kind: 'strip-vlan' }
  /** VNI in decimal. */
  | { readonly kind: 'set-tunnel'; readonly tunnelId: string }
  | { readonly kind: 'set-field'; readonly field: string; readonly value: string }
  | { readonly kind: 'learn'; readonly table: number }
  | { readonly kind: 'other'; readonly name: string }

export type Action = ActionMeaning & {
  readonly text: string
  /** Whether the frame has a tag after it, where the action says so by the tag itself, as one that sets vlan_tci. */
  readonly isTaggedAfter?: boolean
}

export interface ActionContext {
  readonly ports: PortNames
  /** Canonical text of actions inside ct(exec(…)), clone(…), write_actions(…). */
  readonly canonicalNested: (text: string) => ParseResult<string>
}

export type ActionDecoder = (term: Term, context: ActionContext) => ParseResult<Action>
export type ActionDecoders = Readonly<Record<string, ActionDecoder>>

export const other = (name: string, text: string): Action => ({ kind: 'other', name, text })

/** An action without arguments: `exit`, `ct_clear`. */
export const bare =
  (name: string): ActionDecoder =>
  (term) =>
    term.delimiter === '' ? parsed(other(name, name)) : failed({ code: 'argument-unasked', params: { action: name } }, term.text)

/** `name:argument` whose argument one function canonicalises. */
export const withArgument =
  (name: string, canonical: (value: string) => ParseResult<string>): ActionDecoder =>
  (term) => {
    if (term.delimiter === '' || term.delimiter === '=') return failed({ code: 'argument-missing', params: { action: name } }, term.text)
    const value = canonical(term.value)
    return value.ok ? parsed(other(name, `${name}:${value.value}`)) : value
  }

/** Arguments that nothing here depends on: kept as printed, without spaces. */
export const verbatim =
  (name: string): ActionDecoder =>
  (term) =>
    parsed(other(name, term.text.replaceAll(/\s+/g, '')))
