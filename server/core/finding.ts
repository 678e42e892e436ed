// What was found out about a design or a host, as data: a code, its values, how bad it is, and what it is about. Never a sentence:
// core/explain has one message per code (explain/finding.ts), so that pages, logs, records and a second language say the same.
//
// One more finding: a line in the params of its room (finding-params.ts puts them together), its message in the table of that room in
// core/explain, and the place that finds it. Without the message it does not compile.

import type { HostStateKind } from './host/host-state'
import type { Kind } from './topology/topology'

/** What a finding is about: an object of the design, or a resource of a host, so that a page can lead there. */
export interface Subject {
  readonly kind: Kind | HostStateKind
  /** Id of the object, key of the resource. */
  readonly id: string
  readonly name: string
}

/** A code with the values that belong to it, after a table of codes with their values. */
export type Coded<Params, Code extends keyof Params = keyof Params> = {
  [C in Code]: { readonly code: C; readonly params: Readonly<Params[C]> }
}[Code]

/** `error`: wrong, or in the way. `warning`: to be known before going on. `note`: why something is as it is. */
export type Severity = 'error' | 'warning' | 'note'

interface About {
  readonly subject: Subject
  /** What else has part in it. */
  readonly others?: readonly Subject[]
}

/** Of one room, whose codes have these values. Those of every room are in finding-params.ts. */
export type Finding<Params> = Coded<Params> & About & { readonly severity: Severity }

/** In a record from before findings were data: the sentence that it has. */
export interface SaidParams {
  said: { said: string }
}

export const partsOf = ({ subject, others = [] }: About): readonly Subject[] => [subject, ...others]
export const hasPart = (finding: About, id: string): boolean => partsOf(finding).some((each) => each.id === id)
