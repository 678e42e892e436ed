// The flows of one table as a tuple space (lib/classifier.c): flows with the same mask share a hash, so a lookup asks as many hashes
// as there are masks, not flows, and stops once no other mask can hold a higher priority.
//
// Two things are answered beside the flow: whether it might have been another one (because bits of the packet are not known or
// only assumed, a term is not understood, or two flows of one priority match, where OpenFlow leaves the choice open), and the
// conjunctive matches of conj_id (ovs-fields(7)), which are sets of flows and never hit themselves.

import { groupBy } from '../../group-by'
import type { Flow } from '../../host/flow'
import type { Instruction } from './instruction'
import { firstWord, type MaskedWord } from './layout'
import type { CompiledMatch } from './match'
import type { Packet } from './packet'

/** What is looked at of a flow: counters are not, for a table may be older than they. */
export type CompiledFlow = Pick<Flow, 'bridge' | 'table' | 'priority' | 'match' | 'actions' | 'cookie'>

export interface Rule {
  readonly flow: CompiledFlow
  /** Compiled when it is first hit. */
  instructions: readonly Instruction[] | null
  readonly masked: readonly MaskedWord[]
  /** A term of its match is not known here. */
  readonly unknownTerm: string | null
  readonly clauses: readonly Clause[]
}

/** conjunction(id,k/n) */
interface Clause {
  readonly id: number
  readonly number: number
  readonly of: number
}

type Doubt = 'unknown-field' | 'connection-state' | 'same-priority'

export interface Hit {
  readonly rule: Rule | null
  /** Why it may be another one; null: it is this one. */
  readonly doubt: Doubt | null
  /** What the doubt is about: a match term, or the match of the other flow. */
  readonly about: string
}

const CONJ_ID = firstWord('conj_id')

export class Classifier {
  readonly #subtables: readonly Subtable[]
  /** Bits that any of them looks at. */
  readonly #looked: readonly MaskedWord[]
  readonly #hasConjunctions: boolean

  constructor(flows: readonly { readonly flow: CompiledFlow; readonly match: CompiledMatch }[]) {
    const byMask = new Map<string, { readonly masked: readonly MaskedWord[]; readonly rules: Rule[] }>()
    for (const { flow, match } of flows) {
      if (match.isNever) continue
      const same = byMask.get(match.shape)
      if (same) same.rules.push(ruleOf(flow, match))
      else byMask.set(match.shape, { masked: match.masked, rules: [ruleOf(flow, match)] })
    }
    const subtables = [...byMask.values()].map(({ masked, rules }) => new Subtable(masked, rules))
    this.#subtables = subtables.sort((left, right) => right.maxPriority - left.maxPriority)
    this.#looked = unionOf([...byMask.values()].flatMap(({ masked }) => masked))
    this.#hasConjunctions = subtables.some(({ hasClauses }) => hasClauses)
  }

  lookup(packet: Packet): Hit {
    const plain = this.#hardLookup(packet)
    return this.#hasConjunctions ? this.#withConjunctions(packet, plain) : plain
  }

  #hardLookup(packet: Packet): Hit {
    let best: Rule | null = null
    let rival: Rule | null = null
    for (const subtable of this.#subtables) {
      if (best && subtable.maxPriority < best.flow.priority) break
      const rule = subtable.find(packet, isHard)
      if (!rule) continue
      if (best && rule.flow.priority === best.flow.priority) rival = rule
      else if (!best || rule.flow.priority > best.flow.priority) [best, rival] = [rule, null]
    }
    return this.#doubtOf(packet, best, rival)
  }

  #doubtOf(packet: Packet, best: Rule | null, rival: Rule | null): Hit {
    if (best?.unknownTerm) return { rule: best, doubt: 'unknown-field', about: best.unknownTerm }
    const isOpen = best && rival && rival.flow.actions !== best.flow.actions
    if (isOpen) return { rule: best, doubt: 'same-priority', about: rival.flow.match }
    for (const doubt of ['unknown-field', 'connection-state'] as const) {
      const other = this.#otherwise(packet, best, doubt === 'unknown-field' ? packet.unknown : packet.assumed)
      if (other) return { rule: best, doubt, about: other.flow.match }
    }
    return { rule: best, doubt: null, about: '' }
  }

  /** The flow that would do something else, were these bits others than they are taken to be. */
  #otherwise(packet: Packet, best: Rule | null, soft: Uint32Array): Rule | null {
    if (!touches(this.#looked, soft)) return null
    if (best && touches(best.masked, soft)) return best
    for (const subtable of this.#subtables) {
      if (best && subtable.maxPriority < best.flow.priority) break
      if (!touches(subtable.masked, soft)) continue
      const rule = subtable.find(packet, isHard, soft)
      if (rule && (!best || (rule.flow.priority >= best.flow.priority && rule.flow.actions !== best.flow.actions))) return rule
    }
    return null
  }

  #withConjunctions(packet: Packet, hard: Hit): Hit {
    const hit = this.#conjunctiveLookup(packet, hard)
    if (hit.doubt !== null) return hit
    for (const doubt of ['unknown-field', 'connection-state'] as const) {
      const other = this.#otherClause(packet, hard.rule, doubt === 'unknown-field' ? packet.unknown : packet.assumed)
      if (other) return { ...hit, doubt, about: other.flow.match }
    }
    return hit
  }

  /** Every clause of an id met by a flow of one priority: then the lookup is made again with that conj_id. */
  #conjunctiveLookup(packet: Packet, hard: Hit): Hit {
    for (const { id } of this.#met(packet, hard.rule)) {
      const before = packet.words[CONJ_ID] ?? 0
      packet.words[CONJ_ID] = id
      const found = this.#hardLookup(packet)
      packet.words[CONJ_ID] = before
      if (found.rule) return found
    }
    return hard
  }

  /** A flow of a conjunction that would, or would not, be met, were these bits others than they are taken to be. */
  #otherClause(packet: Packet, below: Rule | null, soft: Uint32Array): Rule | undefined {
    if (!touches(this.#looked, soft)) return undefined
    return this.#met(packet, below, soft)
      .flatMap(({ rules }) => rules)
      .find(({ masked }) => touches(masked, soft))
  }

  /** Conjunctions that are met above a rule, highest priority first. */
  #met(packet: Packet, below: Rule | null, soft?: Uint32Array): readonly Met[] {
    const clauses = this.#subtables.flatMap((subtable) => subtable.findAll(packet, soft).filter((rule) => rule.clauses.length > 0))
    const above = clauses.filter((rule) => rule.flow.priority > (below?.flow.priority ?? -1))
    const priorities = [...new Set(above.map((rule) => rule.flow.priority))].sort((left, right) => right - left)
    return priorities.flatMap((priority) => metConjunctions(above.filter((rule) => rule.flow.priority === priority)))
  }
}

const isHard = (rule: Rule): boolean => rule.clauses.length === 0

function touches(masked: readonly MaskedWord[], soft: Uint32Array): boolean {
  for (const { word, mask } of masked) if (((soft[word] ?? 0) & mask) !== 0) return true
  return false
}

function unionOf(parts: readonly MaskedWord[]): readonly MaskedWord[] {
  const masks = new Map<number, number>()
  for (const { word, mask } of parts) masks.set(word, (masks.get(word) ?? 0) | mask)
  return [...masks].map(([word, mask]) => ({ word, value: 0, mask }))
}

function ruleOf({ bridge, table, priority, match, actions, cookie }: CompiledFlow, { masked, unknownTerm }: CompiledMatch): Rule {
  return { flow: { bridge, table, priority, match, actions, cookie }, instructions: null, masked, unknownTerm, clauses: clausesOf(actions) }
}

const NO_CLAUSES: readonly Clause[] = []
/** Only notes stand beside clauses; one inside a clone(…) is none (get_conjunctions of ofproto.c). */
const CLAUSES = /^(?:note:[\da-f.]+,)*conjunction\(/

function clausesOf(actions: string): readonly Clause[] {
  if (!CLAUSES.test(actions)) return NO_CLAUSES
  const clauses = [...actions.matchAll(/conjunction\((\d+),(\d+)\/(\d+)\)/g)]
  return clauses.map(([, id, number, of]) => ({ id: Number(id), number: Number(number), of: Number(of) }))
}

interface Met {
  readonly id: number
  readonly rules: readonly Rule[]
}

function metConjunctions(rules: readonly Rule[]): readonly Met[] {
  const met = new Map<number, { readonly of: number; readonly numbers: Set<number>; readonly rules: Rule[] }>()
  for (const rule of rules) {
    for (const { id, number, of } of rule.clauses) {
      const entry = met.get(id) ?? { of, numbers: new Set(), rules: [] }
      entry.numbers.add(number)
      entry.rules.push(rule)
      met.set(id, entry)
    }
  }
  return [...met].flatMap(([id, entry]) => (entry.numbers.size === entry.of ? [{ id, rules: entry.rules }] : []))
}

/** Flows with one mask. */
class Subtable {
  readonly maxPriority: number
  readonly hasClauses: boolean
  readonly #rules: readonly Rule[]
  /** Hash of the masked words → flows that have it, highest priority first. */
  readonly #byHash: ReadonlyMap<number, readonly Rule[]>
  /** The same with some bits of the mask left out, made when first needed. */
  readonly #without = new Map<string, Subtable>()

  constructor(
    readonly masked: readonly MaskedWord[],
    rules: readonly Rule[],
  ) {
    this.#rules = rules
    this.#byHash = groupBy(rules.toSorted(byPriority), (rule) =>
      rule.masked.reduce((hash, { value }, index) => mix(hash, value & this.#maskAt(index)), 0),
    )
    this.maxPriority = rules.reduce((most, { flow }) => Math.max(most, flow.priority), -1)
    this.hasClauses = rules.some(({ clauses }) => clauses.length > 0)
  }

  find(packet: Packet, isWanted: (rule: Rule) => boolean, soft?: Uint32Array): Rule | undefined {
    if (soft) return this.#blind(soft).find(packet, isWanted)
    for (const rule of this.#byHash.get(this.#hash(packet.words)) ?? []) if (isWanted(rule) && this.#fits(rule, packet.words)) return rule
    return undefined
  }

  findAll(packet: Packet, soft?: Uint32Array): readonly Rule[] {
    if (soft) return this.#blind(soft).findAll(packet)
    const { words } = packet
    return this.#byHash.get(this.#hash(words))?.filter((rule) => this.#fits(rule, words)) ?? []
  }

  #hash(words: Uint32Array): number {
    let hash = 0
    for (let index = 0; index < this.masked.length; index++) {
      const part = this.masked[index]
      if (part) hash = mix(hash, (words[part.word] ?? 0) & part.mask)
    }
    return hash
  }

  /** Its own masks may hold more than this subtable looks at. */
  #fits(rule: Rule, words: Uint32Array): boolean {
    for (let index = 0; index < rule.masked.length; index++) {
      const part = rule.masked[index]
      if (part && (((words[part.word] ?? 0) ^ part.value) & this.#maskAt(index)) !== 0) return false
    }
    return true
  }

  #maskAt(index: number): number {
    return this.masked[index]?.mask ?? 0
  }

  #blind(soft: Uint32Array): Subtable {
    const masked = this.masked.map(({ word, mask }) => ({ word, value: 0, mask: (mask & ~(soft[word] ?? 0)) >>> 0 }))
    const key = masked.map(({ mask }) => mask).join()
    const blind = this.#without.get(key) ?? new Subtable(masked, this.#rules)
    this.#without.set(key, blind)
    return blind
  }
}

const byPriority = (left: Rule, right: Rule): number => right.flow.priority - left.flow.priority

/** One more word into a hash (the step of MurmurHash3). */
const mix = (hash: number, word: number): number => Math.imul(hash ^ Math.imul(word, 0xcc9e2d51), 0x1b873593) ^ (hash >>> 15)
