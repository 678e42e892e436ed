// Which nouns of the API may answer otherwise since a tick: what a page shows of these is asked for again.

import type { TopologyTick } from '@/server/core/api-types'

import { concernedNouns, type DesignNoun } from './concerned-nouns'

export type TickNoun = DesignNoun | 'runs' | 'revisions' | 'verifications' | 'operations'

/** `opened` concerns all or nothing, as something was missed or not: that is not told by the tick alone. */
export function nounsOfTick({ reason, touched }: Pick<TopologyTick, 'reason' | 'touched'>): readonly TickNoun[] {
  switch (reason) {
    case 'opened':
      return []
    case 'design':
      return concernedNouns(touched)
    // What a run leaves of the design is a revision, and that is told as news of the design: its phases change nothing in the drawing.
    case 'run':
      return ['runs', 'revisions', 'overview', 'trunks']
    case 'observation':
      return ['hosts', 'overview', 'paths', 'trunks']
    case 'verification':
      return ['verifications', 'overview']
    case 'operation':
      return ['operations']
  }
}
