// How much of a host's text a reason may hold, wherever it is made.

import { expect, it } from 'vitest'
import { z } from 'zod'
import type { UnparsedReason } from '../host/unparsed-params'
import { parseRows } from './json'
import { parseDumpFlows } from './openflow/dump-flows'
import { failed, MAX_REASON_TEXT, shortReason, unparsed } from './parse-result'

const LONG = 'k'.repeat(15_000)
const cut = `${'k'.repeat(MAX_REASON_TEXT - 1)}…`
const ofFlow = (line: string) => parseDumpFlows(` table=0, ${line}`, 'br-int').unparsed[0]?.reason

it('a text that is long is cut, in what failed and in what was not understood', () => {
  const reason: UnparsedReason = { code: 'is-not', params: { text: LONG, what: 'flag' } }
  const short = { code: 'is-not', params: { text: cut, what: 'flag' } }
  expect(failed(reason, '').error.reason).toEqual(short)
  expect(unparsed('flows br-int', '', reason).reason).toEqual(short)
  expect(shortReason(shortReason(reason))).toEqual(short)
})

it('what is short stays as it is, and so do numbers', () => {
  const reason: UnparsedReason = { code: 'many-bits', params: { text: 'k'.repeat(MAX_REASON_TEXT), bits: 16 } }
  expect(shortReason(reason)).toBe(reason)
  expect(shortReason({ code: 'many-bits', params: { text: LONG, bits: 16 } }).params).toEqual({ text: cut, bits: 16 })
})

it('no parser makes one that is longer', () => {
  const row = z.object({ words: z.record(z.string(), z.number()) })
  const reasons = [
    ofFlow(`priority=1,${LONG}=1 actions=drop`),
    ofFlow(`priority=1 actions=${LONG}`),
    ofFlow(`priority=1,ct_state=+${LONG} actions=drop`),
    parseRows(`[{"words":{"${LONG}":"x"}}]`, 'ip', row).unparsed[0]?.reason,
  ]
  expect(reasons.map((reason) => reason?.code)).toEqual(['unknown-key', 'unknown-action', 'is-not', 'no-fit'])
  expect(Math.max(...reasons.map((reason) => JSON.stringify(reason).length))).toBeLessThan(MAX_REASON_TEXT + 200)
})
