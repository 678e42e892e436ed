import { describe, expect, it } from 'vitest'

import type { HostFailure, RunVerdict, UndoOutcome } from '../plan/run-verdict'
import { explainRunVerdict } from './run-verdict'

const failed = (...failures: readonly HostFailure[]): RunVerdict => ({ code: 'failed', params: { failures, leftovers: [] } })
const after = (undo: UndoOutcome | null): RunVerdict => failed({ host: 'cmp1', said: 'It broke', undo })
const part = {
  section: 'flows br-int',
  bridge: 'br-int',
  why: { code: 'said', params: { said: 'exit code 1' } },
  kinds: ['flows'],
} as const
const NEXT = 'Correct the cause and plan again; the plan goes on from what is there.'

describe('how a run ended, in words', () => {
  it.each<[string, RunVerdict]>([
    ['Revision 3 is in place on cmp1, cmp2.', { code: 'in-place', params: { revision: 3, hosts: ['cmp1', 'cmp2'] } }],
    [`It broke. ${NEXT}`, after(null)],
    [`It broke. What was done on cmp1 was undone. ${NEXT}`, after({ code: 'undone', params: {} })],
    [`It broke. Not everything that was done on cmp1 could be undone. ${NEXT}`, after({ code: 'left', params: {} })],
    [
      `It broke. Whether everything that was done on cmp1 was undone could not be told. cmp1 is away. ${NEXT}`,
      after({ code: 'unreadable', params: { said: 'cmp1 is away.' } }),
    ],
    [
      `It broke. Whether everything that was done on cmp1 was undone could not be told. flows of br-int (exit code 1). ${NEXT}`,
      after({ code: 'unread', params: { parts: [part] } }),
    ],
    [
      'No revision was recorded. The disk is full. When that is mended, plan and apply again: the plan finds the hosts as they are and makes the revision.',
      { code: 'not-recorded', params: { hosts: [], said: 'The disk is full' } },
    ],
    [
      'The console stopped while this run was going, during "Step 2" on cmp1; whether that took effect is not known. Plan again: the plan goes on from what the hosts have.',
      { code: 'console-stopped', params: { during: [{ title: 'Step 2', host: 'cmp1' }] } },
    ],
  ])('%s', (words, verdict) => expect(explainRunVerdict(verdict)).toBe(words))

  it('names what is left, and where', () => {
    const leftover = {
      hostId: 'h1',
      hostName: 'cmp1',
      finding: { code: 'left', severity: 'error', subject: { kind: 'links', id: 'tap1', name: 'tap tap1' }, params: {} },
    } as const
    expect(explainRunVerdict({ code: 'failed', params: { failures: [], leftovers: [leftover] } })).toBe(
      `Left over: tap tap1 on cmp1. ${NEXT}`,
    )
  })
})
