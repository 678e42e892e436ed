// Why a plan does not hold any more, in a sentence.

import type { Stale, StaleParams } from '../plan/stale-params'
import { sayCoded, type Messages } from './message'
import { shortRun } from './words'

const messages: Messages<StaleParams> = {
  'design-moved': () => 'The design changed since this plan was made. Make a new plan.',
  'revision-moved': ({ revision }) => `Revision ${revision} was recorded since this plan was made. Make a new plan.`,
  'nothing-to-do': () => 'There is nothing to apply: every host is as the design wants it.',
  'host-changed': ({ host, runId }) => `Run ${shortRun(runId)} was at ${host} since this plan was made. Make a new plan.`,
  'rested-failed': ({ host, runId }) => `The plan leaves ${host} to run ${shortRun(runId)}, which did not succeed. Make a new plan.`,
  'beyond-plan': ({ runId }) =>
    `Run ${shortRun(runId)} is changing a host that this plan does not know of. Make a new plan when it has ended.`,
}

export const explainStale = (stale: Stale): string => sayCoded(messages, stale)
