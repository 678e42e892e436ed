// The findings of every room, for who says them in words or sends them on. Rooms that find something know their own codes alone (finding.ts).

import type { Finding, SaidParams } from './finding'
import type { ProbeParams } from './host/probe'
import type { LintParams } from './lint/lint-params'
import type { PlanParams } from './plan/plan-params'
import type { TrunkParams } from './trunk/trunk-params'

/** Code → values. Values are names, numbers and lists as they are, no words: only what a host or an error said is text. */
export interface FindingParams extends LintParams, PlanParams, ProbeParams, TrunkParams, SaidParams {}

export type AnyFinding = Finding<FindingParams>
