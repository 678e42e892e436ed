// Why a piece of a reading was not understood, or is not there, by code with its values; explain/unparsed.ts has the sentences.

import type { Coded } from '../finding'

export type UnparsedReason = Coded<UnparsedParams>
export interface UnparsedParams extends FlowParams {
  /** In a reading from before reasons were data: the sentence that it has. */
  said: { said: string }
  'not-a': { what: Thing }
  /** Of a schema: where it does not fit, and what the schema says. */
  'no-fit': { path: string; said: string } | {}
  'not-json': { said: string }
  'not-xml': { said: string }
  'nested-deeply': {}
  'long-document': { characters: number }
  doctype: {}
  'memory-unit': {}
  'namespace-gone': { namespace: string }
  /** `withinS`: null where each of several was asked for a while. */
  unanswered: { who: Answering; withinS: number | null }
  /** `said`: what the program said last, '' for nothing. */
  'exit-code': { who: Answering; exitCode: number; said: string }
  'flows-not-asked': {}
  'namespace-not-read': {}
  'ended-early': {}
  'outside-sections': {}
  'more-alike': { count: number }
  'first-of-many': {}
  'unknown-section': {}
  'name-characters': {}
  'many-flows': { bridge: string; megabytes: number }
  'many-set-entries': {}
  'service-without-place': {}
  /** Rules that filter as well, and only this program shows. */
  'shown-by-another': { tool: string }
  'unknown-list': {}
  'group-type': {}
  'group-watched': {}
  'port-without-row': {}
  'ragged-row': {}
  /** In readings from before it was `no-fit`. */
  'zone-without-row': {}
}

/** null: a part of a reading, by itself. */
export type Answering = 'openvswitch' | 'bridge' | 'libvirt' | null

type Thing =
  | 'known-line'
  | 'json-list'
  | 'list'
  | 'fact'
  | 'lease'
  | 'dhcp-line'
  | 'service-line'
  | 'restore-line'
  | 'iptables-line'
  | 'device-feature'
  | 'kernel-setting'
  | 'table'
  | 'domain'

/** Of flows and what stands in them. */
interface FlowParams {
  'is-not': { text: string; what: 'field' | 'flag' | 'tunnel-flag' | 'match' | 'fragment' | 'packet-type' | 'port' | 'number' | 'ipv6' }
  /** The same of what needs no quotes. */
  'is-no': { text: string; what: 'table' | 'quoted-port' | 'vlan' }
  'set-field': { field: string }
  'value-missing': { action: string }
  'argument-missing': { action: string }
  'argument-unasked': { action: string }
  'argument-unknown': { action: 'learn' | 'ct'; argument: string }
  'many-arguments': { action: string }
  'unknown-action': { action: string }
  'unknown-key': { key: string }
  'given-twice': { key: string }
  'outside-field': { text: string }
  'no-actions': {}
  'long-flow': { characters: number }
  'long-text': { characters: number }
  'no-sense': {}
  'open-quote': {}
  'many-brackets': {}
  'stray-bracket': {}
  'open-bracket': {}
  'many-bits': { text: string; bits: number }
  'long-prefix': { length: string | number }
}
