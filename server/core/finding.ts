// What was found out about a design or a host, as data: a code, its values, how bad it is, and what it is about. Never a sentence:
// core/explain has one message per code (explain/finding.ts), so that pages, logs, records and a second language say the same.
//
// One more finding: a line in the params of its room, its message in the table of that room in core/explain, and the place that finds it.
// Without the message it does not compile.

import type { HostStateKind } from './host/host-state'
import type { ProbeParams } from './host/probe'
import type { LintParams } from './lint/lint-params'
import type { PlanParams } from './plan/plan-params'
import type { Kind } from './topology/topology'
import type { TrunkParams } from './trunk/trunk-params'

/** Code → values, of every room. Values are names, numbers and lists as they are, no words: only what a host or an error said is text. */
export interface FindingParams extends LintParams, PlanParams, ProbeParams, TrunkParams {
  /** In a record from before findings were data: the sentence that it has. */
  said: { said: string }
}
type FindingCode = keyof FindingParams

/** What a finding is about: an object of the design, or a resource of a host, so that a page can lead there. */
export interface Subject {
  readonly kind: Kind | HostStateKind
  /** Id of the object, key of the resource. */
  readonly id: string
  readonly name: string
}

/** A code with the values that belong to it. */
export type Coded<Params, Code extends keyof Params = keyof Params> = {
  [C in Code]: { readonly code: C; readonly params: Readonly<Params[C]> }
}[Code]

export type Finding<Code extends FindingCode = FindingCode> = Coded<FindingParams, Code> & {
  /** `error`: wrong, or in the way. `warning`: to be known before going on. `note`: why something is as it is. */
  readonly severity: 'error' | 'warning' | 'note'
  readonly subject: Subject
  /** What else has part in it. */
  readonly others?: readonly Subject[]
}

type About = Pick<Finding, 'subject' | 'others'>

export const partsOf = ({ subject, others = [] }: About): readonly Subject[] => [subject, ...others]
export const hasPart = (finding: About, id: string): boolean => partsOf(finding).some((each) => each.id === id)
