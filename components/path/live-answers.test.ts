import { describe, expect, it } from 'vitest'

import { vxlanPath } from '@/server/core/explain/specimens/paths'

import { foldAnswer, ofEnds, type Answer } from './live-answers'

const ends = { from: 'p1', to: 'p2' }
const sentAt = Date.parse('2026-11-20T23:41:07.000Z')
const path = (aheadMs: number, afterMs = 0): Answer => ({
  ...ends,
  answer: { ...vxlanPath, sentAt: new Date(sentAt + afterMs).toISOString() },
  arrivedAt: sentAt + afterMs + aheadMs,
})
const noPath: Answer = { ...ends, answer: { code: 'unknown_port', params: { portId: 'p1' } }, arrivedAt: sentAt }

describe('answers about a path', () => {
  it('are readings, counted from the first', () => {
    const first = foldAnswer(null, path(40))
    const second = foldAnswer(first, path(40, 2_000))
    expect([first.readings?.sequence, second.readings?.sequence, second.noPath]).toEqual([0, 1, null])
  })

  it('tell how far the browser is ahead, the least that was seen', () => {
    expect([path(40), path(25), path(90)].reduce(foldAnswer, foldAnswer(null, path(60))).aheadMs).toBe(25)
  })

  it('forget the readings where there is no path any more, but not the clock', () => {
    const { readings, noPath: why, aheadMs } = foldAnswer(foldAnswer(null, path(40)), noPath)
    expect([readings, why, aheadMs]).toEqual([null, noPath.answer, 40])
    expect(foldAnswer(foldAnswer(null, noPath), path(40)).readings?.sequence).toBe(0)
  })

  it('are of no use for other ends', () => {
    const state = foldAnswer(null, path(40))
    expect([ofEnds(state, ends), ofEnds(state, { from: 'p2', to: 'p1' }), ofEnds(state, null), ofEnds(null, ends)]).toEqual([
      state,
      null,
      null,
      null,
    ])
  })
})
