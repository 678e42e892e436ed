// What of the API may answer otherwise since a tick: nouns, or single procedures of one. What a page shows of these is asked for again.

import type { TickReason, TopologyTick } from '@/server/core/api-types'

import { concernedNouns, type DesignNoun } from './concerned-nouns'

export type Concerned = DesignNoun | 'hosts.get' | 'runs.list' | 'revisions' | 'verifications' | 'operations'

/** Of what was done; an edit says itself what it touched. */
const concernedBy: Readonly<Record<Exclude<TickReason, 'opened' | 'design'>, readonly Concerned[]>> = {
  // What is pending is counted from the last one, what a host does after a restart is what it wanted, and a path tells it.
  revision: ['revisions', 'changes', 'topology', 'overview', 'hosts.get', 'paths'],
  // Whoever has a run open follows its journal. Its phases change nothing in the drawing.
  run: ['runs.list', 'overview', 'trunks'],
  observation: ['hosts', 'overview', 'paths', 'trunks', 'gatewayClusters'],
  verification: ['verifications', 'overview'],
  operation: ['operations'],
}

/** `opened` concerns all or nothing, as something was missed or not: that is not told by the tick alone. */
export function concernedByTick({ reasons, touched }: Pick<TopologyTick, 'reasons' | 'touched'>): readonly Concerned[] {
  const concerned = reasons.flatMap((reason) => {
    if (reason === 'opened') return []
    return reason === 'design' ? concernedNouns(touched) : concernedBy[reason]
  })
  return [...new Set(concerned)]
}
