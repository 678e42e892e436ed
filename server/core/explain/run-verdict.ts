// How a run ended, in words: what failed, where, what was undone, what to do next.

import type { RunVerdict, RunVerdictParams, UndoParams } from '../plan/run-verdict'
import { explainFinding } from './finding'
import { explainStale } from './stale'
import { sayCoded, type Messages } from './message'
import { explainUnknownPart } from './unknown-part'
import { shortRun, stopped } from './words'

/** `name`: of the host. */
const undos: Messages<UndoParams> = {
  undone: (_, name) => `What was done on ${name} was undone.`,
  left: (_, name) => `Not everything that was done on ${name} could be undone.`,
  unread: ({ parts }, name) => `${undoUnknown(name)} ${stopped(parts.map(explainUnknownPart).join('; '))}`,
  lost: (_, name) => `What was done on ${name} was not undone, since another run may be changing it.`,
  unreadable: ({ said }, name) => `${undoUnknown(name)} ${stopped(said)}`,
}
const undoUnknown = (name: string): string => `Whether everything that was done on ${name} was undone could not be told.`

const verdicts: Messages<RunVerdictParams> = {
  'in-place': ({ revision, hosts }) => `Revision ${revision} is in place on ${hosts.join(', ')}.`,
  failed: ({ failures, leftovers }) =>
    [
      ...failures.flatMap(({ host, said, undo }) => [stopped(said), ...(undo ? [sayCoded(undos, undo, host)] : [])]),
      ...(leftovers.length === 0
        ? []
        : [`Left over: ${leftovers.map(({ finding, hostName }) => `${explainFinding(finding)} on ${hostName}`).join('; ')}.`]),
      'Correct the cause and plan again; the plan goes on from what is there.',
    ].join(' '),
  'not-recorded': ({ hosts, said }) => {
    const done = hosts.length > 0 ? `Everything is in place on ${hosts.join(', ')}, but no revision tells it.` : 'No revision was recorded.'
    return `${done} ${stopped(said)} When that is mended, plan and apply again: the plan finds the hosts as they are and makes the revision.`
  },
  refused: ({ stale }) => `Nothing was done. ${explainStale(stale)}`,
  'cancelled-queued': () => 'It was cancelled while it waited. Nothing was done.',
  'rested-failed': ({ hosts, host, runId }) =>
    `Everything is in place on ${hosts.join(', ')}, but no revision was recorded: the plan left ${host} to run ${shortRun(runId)}, which did not succeed. Plan again; the plan goes on from what is there.`,
  'broke-off': ({ said }) =>
    `The run broke off. ${stopped(said)} Its steps tell what was done. Plan again; the plan goes on from what the hosts have.`,
  'console-stopped': ({ during }) => {
    const steps = during.map(({ title, host }) => `"${title}" on ${host}`).join(' and ')
    const interrupted = during.length === 0 ? '' : `, during ${steps}; whether that took effect is not known`
    return `The console stopped while this run was going${interrupted}. Plan again: the plan goes on from what the hosts have.`
  },
  said: ({ said }) => said,
}

export const explainRunVerdict = (verdict: RunVerdict): string => sayCoded(verdicts, verdict)
