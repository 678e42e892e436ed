import { describe, expect, it } from 'vitest'
import { advance, newOperation, type Operation, type OperationEvent, type OperationState } from './operation'

const ASKED_AT = '2026-01-01T00:00:00.000Z'
const AT = '2026-01-01T00:00:05.000Z'
const queued = newOperation({ id: 'o1', kind: 'apply', actor: 'local', hostIds: ['h1'] }, 1, ASKED_AT)
const inState = (state: OperationState): Operation => ({ ...queued, state, startedAt: state === 'queued' ? null : ASKED_AT })
const end: OperationEvent = { type: 'end', outcome: 'failed' }

describe('an operation', () => {
  it('that changes hosts waits for its turn, one that only reads begins at once', () => {
    expect(queued).toMatchObject({ state: 'queued', startedAt: null, outcome: null })
    expect(newOperation({ id: 'o2', kind: 'read', actor: 'local', hostIds: ['h1'] }, 2, ASKED_AT)).toMatchObject({
      state: 'running',
      startedAt: ASKED_AT,
    })
  })

  it.each<[OperationState, OperationEvent, OperationState | null]>([
    ['queued', { type: 'start' }, 'running'],
    ['queued', { type: 'cancel' }, 'cancelling'],
    ['queued', end, 'ended'],
    ['queued', { type: 'lose' }, 'ended'],
    ['running', { type: 'start' }, null],
    ['running', { type: 'cancel' }, 'cancelling'],
    ['running', end, 'ended'],
    ['running', { type: 'lose' }, 'ended'],
    ['cancelling', { type: 'start' }, null],
    ['cancelling', { type: 'cancel' }, 'cancelling'],
    ['cancelling', end, 'ended'],
    ['cancelling', { type: 'lose' }, 'ended'],
    ['ended', { type: 'start' }, null],
    ['ended', { type: 'cancel' }, null],
    ['ended', end, null],
    ['ended', { type: 'lose' }, null],
  ])('%s, $type → %s', (state, event, expected) => {
    expect(advance(inState(state), event, AT)?.state ?? null).toBe(expected)
  })

  it('keeps when it began and how it ended', () => {
    const running = advance(queued, { type: 'start' }, AT)!
    expect(running).toEqual({ ...queued, state: 'running', startedAt: AT })
    expect(advance(running, { type: 'cancel' }, AT)).toEqual({ ...running, state: 'cancelling' })
    expect(advance(running, { type: 'end', outcome: 'succeeded' }, AT)).toEqual({
      ...running,
      state: 'ended',
      outcome: 'succeeded',
      endedAt: AT,
    })
    expect(advance(running, { type: 'lose' }, AT)).toMatchObject({ state: 'ended', outcome: 'interrupted', endedAt: AT })
    expect(advance(queued, { type: 'end', outcome: 'cancelled' }, AT)).toMatchObject({ startedAt: null, outcome: 'cancelled' })
  })
})
