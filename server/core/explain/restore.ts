// What a host does after a restart, in a sentence.

import { RESTORE_UNIT } from '../host/restore-unit'
import { explainUnknownPart } from './unknown-part'
import type { RestoreState } from '../restore/restore-state'

const sentences: Record<RestoreState['status'], (state: RestoreState) => string> = {
  none: () => 'Nothing: after a restart, plan and apply again.',
  unknown: ({ unread }) => (unread ? `Not known: ${explainUnknownPart(unread)}.` : 'Not known: the host has not been read yet.'),
  current: ({ revision }) => `Rebuilds revision ${revision} by itself.`,
  other: ({ revision }) => `Rebuilds something else than revision ${revision}. Plan and apply to make it the same.`,
  disabled: () => `Nothing: ${RESTORE_UNIT} is switched off in systemd. A plan switches it on again.`,
  foreign: () => `A ${RESTORE_UNIT} is there that is not ours.`,
}

export const explainRestore = (state: RestoreState): string => sentences[state.status](state)

/** Null when it did not run since the host booted. */
export const explainRestoreResult = ({ lastResult }: RestoreState): string | null =>
  lastResult &&
  (lastResult.exitCode === 0
    ? `Ran without fault: ${lastResult.text}.`
    : `Ran, and ${lastResult.text}. The journal of ${RESTORE_UNIT} on the host says why.`)
