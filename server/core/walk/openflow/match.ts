// Canonical match text (parse/openflow/match.ts) → masked words. What is not known here (tunnel options, MPLS, …) is named, so
// that a flow that could match is called uncertain and not passed over.
//
//   arp,dl_vlan=3,in_port=patch-int  →  dl_type 0x0806/0xffff · vlan_tci 0x1003/0x1fff · in_port 7/0xffffffff

import { findField } from '../../parse/openflow/fields'
import { ctStateFlags, flagBits, tcpFlags } from '../../parse/openflow/flags'
import { protocols } from '../../parse/openflow/protocol-words'
import { tokenize } from '../../parse/openflow/tokenize'
import { allOnes, parseMasked } from '../../parse/openflow/values'
import { findSlot, maskWords, slotOf, type MaskedWord } from './layout'
import { CFI } from './packet'

export interface CompiledMatch {
  /** One entry per word, by word. */
  readonly masked: readonly MaskedWord[]
  /** Which bits it looks at: equal texts, equal masks. */
  readonly shape: string
  /** A term that is not known; null: all are. */
  readonly unknownTerm: string | null
  /** It asks for what cannot be, as a port that is not there. */
  readonly isNever: boolean
}

/** Number of a port by its name; null where there is none. */
export type PortNumbers = (name: string) => number | null

/** Terms repeat from flow to flow (`dl_vlan=3`, `in_port=…`): each is compiled once. */
export class MatchCompiler {
  readonly #terms = new Map<string, Term>()
  readonly #portNumber: PortNumbers

  constructor(portNumber: PortNumbers) {
    this.#portNumber = portNumber
  }

  compile(text: string): CompiledMatch {
    if (text === '') return EVERYTHING
    const byWord = new Map<number, MaskedWord>()
    let unknownTerm: string | null = null
    let isNever = false
    for (const term of splitTerms(text)) {
      const compiled = this.#term(term)
      if (compiled === 'unknown') unknownTerm = term
      else if (compiled === 'never') isNever = true
      else for (const part of compiled) byWord.set(part.word, joined(byWord.get(part.word), part))
    }
    const masked = [...byWord.values()].sort((left, right) => left.word - right.word)
    return { masked, shape: masked.map(({ word, mask }) => `${word}/${mask}`).join(), unknownTerm, isNever }
  }

  #term(text: string): Term {
    const known = this.#terms.get(text)
    if (known) return known
    const equals = text.indexOf('=')
    const term = equals < 0 ? wordTerm(text) : fieldTerm(text.slice(0, equals), text.slice(equals + 1), this.#portNumber)
    this.#terms.set(text, term)
    return term
  }
}

const EVERYTHING: CompiledMatch = { masked: [], shape: '', unknownTerm: null, isNever: false }

type Term = readonly MaskedWord[] | 'unknown' | 'never'

/** Only quoted port names and packet types hold a comma of their own. */
function splitTerms(text: string): readonly string[] {
  if (!/["(]/.test(text)) return text.split(',')
  const terms = tokenize(text)
  return terms.ok ? terms.value.map((term) => term.text) : [text]
}

const joined = (left: MaskedWord | undefined, right: MaskedWord): MaskedWord =>
  left ? { word: left.word, value: (left.value | right.value) >>> 0, mask: (left.mask | right.mask) >>> 0 } : right

const exact = (name: string, value: number): MaskedWord[] => maskWords(slotOf(name), BigInt(value), allOnes(slotOf(name).bits))
const bitsOf = (name: string, value: number, mask: number): MaskedWord[] => maskWords(slotOf(name), BigInt(value), BigInt(mask))

/** `arp`, `tcp6`; `eth` is every packet here. */
function wordTerm(word: string): Term {
  if (word === 'eth') return []
  const protocol = protocols.get(word)
  if (!protocol) return 'unknown'
  const [etherType, ipProtocol] = protocol
  return [...exact('dl_type', Number(etherType)), ...(ipProtocol === null ? [] : exact('nw_proto', Number(ipProtocol)))]
}

function fieldTerm(key: string, value: string, portNumber: PortNumbers): Term {
  const special = specialTerms[key]
  if (special) return special(value, portNumber)
  const field = findField(key)
  const slot = field && findSlot(field.name)
  if (!field || !slot) return 'unknown'
  const masked = parseMasked(value, field.format, field.bits)
  return masked.ok ? maskWords(slot, masked.value.value, masked.value.mask) : 'unknown'
}

const port =
  (name: string) =>
  (value: string, portNumber: PortNumbers): Term => {
    const number = portNumber(value)
    return number === null ? 'never' : exact(name, number)
  }

const FRAGMENTS: Readonly<Record<string, readonly [value: number, mask: number]>> = {
  no: [0, 3],
  yes: [1, 1],
  first: [1, 3],
  later: [3, 3],
  not_later: [0, 2],
}

/** `+trk-new`, `new|trk` */
const flags =
  (field: string, names: readonly string[]) =>
  (text: string): Term => {
    const slot = slotOf(field)
    const bits = flagBits(text, names, slot.bits)
    return bits.ok ? maskWords(slot, bits.value.value, bits.value.mask) : 'unknown'
  }

/** Keys whose values are no plain numbers of the field. */
const specialTerms: Readonly<Record<string, (value: string, portNumber: PortNumbers) => Term>> = {
  in_port: port('in_port'),
  actset_output: port('actset_output'),
  dl_vlan: (value) => bitsOf('vlan_tci', CFI | Number(value), 0x1fff),
  dl_vlan_pcp: (value) => bitsOf('vlan_tci', CFI | (Number(value) << 13), 0xf000),
  nw_tos: (value) => bitsOf('nw_tos', Number(value), 0xfc),
  nw_frag: (value) => (FRAGMENTS[value] ? bitsOf('nw_frag', ...FRAGMENTS[value]) : 'unknown'),
  ct_state: flags('ct_state', ctStateFlags),
  tcp_flags: flags('tcp_flags', tcpFlags),
  packet_type: (value) => (value === '(0,0)' || value === '(0,0x0)' ? [] : 'never'),
}
