import { expect, it } from 'vitest'

import { explainStage } from '../explain/evidence'
import { passedVerification } from '../explain/specimens/verifications'
import { explainVerdict } from '../explain/verdict'
import { explainedVerification } from '../testing/explained'
import { readEvent, readSummary, readVerification } from './stored'

const { notes: _, ...hop } = passedVerification.hops[1]!
const { finding: _finding, ...dhcp } = passedVerification.dhcp[0]!
const oldHop = { ...hop, expected: 'untagged', seen: '5 echo requests', note: 'As its ping reports' }
const old = {
  ...passedVerification,
  verdict: 'gone',
  hops: [oldHop, { ...oldHop, seen: null, note: null }],
  dhcp: [{ ...dhcp, message: 'It has its lease' }],
}
const base = { verificationId: old.id, seq: 1, at: old.startedAt }

it('what an earlier version stored is shown with its own words', () => {
  const told = explainedVerification(readVerification(old))
  expect([told.verdict, told.dhcp[0]?.message]).toEqual(['gone', 'It has its lease'])
  expect(told.hops.map(({ expected, seen, note }) => [expected, seen, note])).toEqual([
    ['untagged', '5 echo requests', 'As its ping reports'],
    ['untagged', null, null],
  ])
  const event = readEvent({ ...base, type: 'progress', message: 'Capturing' })
  expect(event.type === 'progress' && explainStage(event.stage)).toBe('Capturing')
  expect(readEvent({ ...base, type: 'hop', evidence: oldHop })).toMatchObject({ evidence: { notes: [{ code: 'said' }] } })
  const { id, status, startedAt, durationMs, firstBadHopId } = old
  const labels = { sourceLabel: 'a', destinationLabel: 'b', networkName: 'n' }
  const summary = readSummary({ id, status, ...labels, startedAt, durationMs, firstBadHopId, verdict: 'gone' })
  expect(explainVerdict(summary.verdict!)).toBe('gone')
})

it.each([
  ['ok', 'agrees'],
  ['no_lease', 'no-lease'],
  ['address_differs', 'differs'],
  ['server_down', 'server-down'],
  ['not_checked', 'unchecked'],
] as const)('a lease that was %s is %s', (was, status) => {
  const evidence = passedVerification.dhcp[0]!
  const [first] = readVerification({ ...passedVerification, dhcp: [{ ...evidence, status: was }] }).dhcp
  expect(first).toEqual({ ...evidence, status })
})

it.each([
  ['ok', 'agrees'],
  ['missing', 'missing'],
  ['differs', 'differs'],
  ['unchecked', 'unchecked'],
] as const)('a hop that was %s is %s', (was, status) => {
  const evidence = passedVerification.hops[1]!
  expect(readVerification({ ...passedVerification, hops: [{ ...evidence, status: was }] }).hops).toEqual([{ ...evidence, status }])
  expect(readEvent({ ...base, type: 'hop', evidence: { ...evidence, status: was } })).toMatchObject({ evidence: { status } })
})

it('what is in the present form comes back as it is', () => {
  expect(readVerification(passedVerification)).toEqual(passedVerification)
  const finished = { ...base, type: 'finished', verification: passedVerification } as const
  expect(readEvent(finished)).toEqual(finished)
  const progress = { ...base, type: 'progress', stage: { code: 'listening', params: { points: 3 } } } as const
  expect(readEvent(progress)).toEqual(progress)
})

it('ends of before there were others than ports are those ports', () => {
  const { id, ...source } = passedVerification.source
  expect(readVerification({ ...passedVerification, source: { ...source, portId: id } }).source).toEqual(passedVerification.source)
})
