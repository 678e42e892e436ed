import { expect, it } from 'vitest'

import { failedVerification, passedVerification } from '@/server/core/explain/specimens/verifications'
import type { VerificationEvent } from '@/server/core/path/verification'

import { foldVerification, type VerificationProgress } from './fold-verification'

const id = passedVerification.id
const base = { verificationId: id, seq: 1, at: '2026-01-01T00:00:00.000Z' }
const start: VerificationProgress = { verification: { ...passedVerification, status: 'running', hops: [] }, message: null }
const [first, second] = [failedVerification.hops[0]!, failedVerification.hops[1]!]

const progress = (points: number): VerificationEvent => ({ ...base, type: 'progress', stage: { code: 'listening', params: { points } } })
const fold = (...events: readonly VerificationEvent[]) => events.reduce(foldVerification, start)

it('keeps the last word', () => {
  expect(fold(progress(4), progress(7)).message).toBe('Listening at 7 points')
})

it('collects evidence, hop by hop, without doubling it', () => {
  const again = { ...first, packets: 9 }
  const { verification } = fold(
    { ...base, type: 'hop', evidence: first },
    { ...base, type: 'hop', evidence: second },
    { ...base, type: 'hop', evidence: again },
  )
  expect(verification.hops).toEqual([again, second])
})

it('ends with the record', () => {
  expect(fold(progress(1), { ...base, type: 'finished', verification: passedVerification })).toEqual({
    verification: passedVerification,
    message: null,
  })
})

it('does not listen to others', () => {
  expect(fold({ ...progress(1), verificationId: 'other' })).toBe(start)
})
