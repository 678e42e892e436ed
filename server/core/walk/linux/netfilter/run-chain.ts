// Runs a chain of one table over a packet: which rule decides, and what was noted on the way. A rule of which nobody can tell whether
// it matches is followed both ways; only where the ways end differently is the answer "not known".

import type { Cause } from '../../walk-result'
import { matchesAll, type Rule } from './rule'
import type { Chain, Ruleset } from './ruleset'
import type { Subject } from './subject'
import type { Target } from './target'

type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject' }
  | NatVerdict
  | Extract<Target, { readonly kind: 'not-understood' }>
export type NatVerdict = Extract<
  Target,
  { readonly kind: 'dnat' | 'snat' } | { readonly kind: 'masquerade' } | { readonly kind: 'redirect' }
>

/** Notes that rules make and later rules read. */
export interface Notes {
  readonly mark: number | null
  readonly connectionMark: number | null
  readonly zone: number | null
  readonly isUntracked: boolean
}

export interface ChainResult {
  readonly verdict: Verdict
  readonly notes: Notes
  readonly causes: readonly Cause[]
}

const MAX_DEPTH = 64

export function runChain(
  ruleset: Ruleset,
  table: string,
  name: string,
  subject: Omit<Subject, 'mark' | 'connectionMark'>,
  notes: Notes,
): ChainResult | null {
  const chain = ruleset.chain(table, name)
  if (!chain) return null
  const run = new Run(ruleset, table, subject, notes)
  return run.finish(run.chain(chain) ?? POLICIES[chain.policy ?? ''] ?? { kind: 'accept' })
}

/** A built-in chain ends by its policy when its rules are through, and so do ebtables' own ones: theirs may be RETURN. */
const POLICIES: Readonly<Record<string, Verdict>> = { ACCEPT: { kind: 'accept' }, DROP: { kind: 'drop' } }

class Run {
  readonly #causes: Cause[] = []
  /** How it may end instead, and by which rule: from the first one on nobody knows whether a packet gets further. */
  readonly #others: { readonly verdict: Verdict; readonly rule: Rule }[] = []

  constructor(
    private readonly ruleset: Ruleset,
    private readonly table: string,
    private readonly subject: Omit<Subject, 'mark' | 'connectionMark'>,
    private notes: Notes,
  ) {}

  finish(verdict: Verdict): ChainResult {
    const other = this.#others.find((each) => JSON.stringify(each.verdict) !== JSON.stringify(verdict))
    return { verdict: other ? { kind: 'not-understood', name: other.rule.text } : verdict, notes: this.notes, causes: this.#causes }
  }

  /** null: the packet returns to the caller. `isSure`: it came here for certain. */
  chain(chain: Chain, depth = 0, isSure = true): Verdict | null {
    if (depth > MAX_DEPTH) return { kind: 'not-understood', name: 'jumps' }
    let maybeReturned: Rule | null = null
    for (const rule of chain.rules()) {
      const answer = matchesAll(rule, { ...this.subject, mark: this.notes.mark, connectionMark: this.notes.connectionMark })
      if (answer === false) continue
      const isCertain = isSure && answer === true && maybeReturned === null && this.#others.length === 0
      const step = this.#apply(rule, chain, depth, isCertain)
      if (step === 'return') {
        if (answer === true) return null
        maybeReturned = rule
      } else if (step) {
        if (answer === true) return maybeReturned ? this.#maybe(step, maybeReturned) : step
        this.#others.push({ verdict: step, rule })
      }
    }
    return depth === 0 ? null : this.#byPolicy(chain, maybeReturned)
  }

  /** All rules of a chain are through. The policy of the first one is the caller's to apply. */
  #byPolicy({ policy: name }: Chain, maybeReturned: Rule | null): Verdict | null {
    const policy = POLICIES[name ?? '']
    if (!policy) return null
    return maybeReturned ? this.#maybe(policy, maybeReturned) : policy
  }

  #maybe(verdict: Verdict, rule: Rule): null {
    this.#others.push({ verdict, rule })
    return null
  }

  /** 'return' ends the chain, a verdict the table; null goes on with the next rule. */
  #apply(rule: Rule, chain: Chain, depth: number, isSure: boolean): Verdict | 'return' | null {
    const { target } = rule
    if (isSure && target.kind !== 'continue')
      this.#causes.push({ kind: 'iptables', ref: chain.key, position: rule.position, text: rule.text })
    if (target.kind === 'return') return 'return'
    if (target.kind === 'continue') return null
    if (target.kind === 'jump' || target.kind === 'goto') {
      const next = this.ruleset.chain(this.table, target.chain)
      const verdict: Verdict | null = next ? this.chain(next, depth + 1, isSure) : { kind: 'not-understood', name: target.chain }
      return verdict ?? (target.kind === 'goto' ? 'return' : null)
    }
    if (isVerdict(target)) return target
    this.notes = { ...this.notes, ...note(target, this.notes, isSure) }
    return null
  }
}

const VERDICTS: readonly Target['kind'][] = ['accept', 'drop', 'reject', 'dnat', 'snat', 'masquerade', 'redirect', 'not-understood']
const isVerdict = (target: Target): target is Target & Verdict => VERDICTS.includes(target.kind)

function note(target: Target, notes: Notes, isSure: boolean): Partial<Notes> {
  const xmark = (mark: number | null, { value, mask }: { value: number; mask: number }) =>
    mark === null || !isSure ? null : ((mark & ~mask) ^ value) >>> 0
  if (target.kind === 'mark') return { mark: xmark(notes.mark, target) }
  if (target.kind === 'connection-mark') return { connectionMark: xmark(notes.connectionMark, target) }
  if (target.kind === 'save-mark') return { connectionMark: isSure ? notes.mark : null }
  if (target.kind === 'restore-mark') return { mark: isSure ? notes.connectionMark : null }
  // Without a zone nobody knows the connection, which is so where it may not be tracked at all.
  if (target.kind === 'no-track') return isSure ? { isUntracked: true } : { zone: null }
  return target.kind === 'zone' ? { zone: isSure ? target.zone : null } : {}
}
