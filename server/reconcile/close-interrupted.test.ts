import { afterAll, beforeAll, expect, it } from 'vitest'
import { explainedRun } from '@/server/core/testing/explained'
import type { HopEvidence } from '@/server/core/path/verification'
import type { StepRecord } from '@/server/core/plan/run'
import { systemClock } from '@/server/effects/clock'
import { aPlan, aRun, aVerification, firstPage } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { closeInterrupted } from './close-interrupted'

let temp: TempStore
beforeAll(async () => {
  temp = await openTempStore()
})
afterAll(() => temp.remove())

const step = (stepId: string, status: StepRecord['status']): StepRecord => ({
  hostId: 'h1',
  stepId,
  title: `Step ${stepId}`,
  isUndo: false,
  status,
  result: null,
  startedAt: null,
})

it('brings a run of a killed console up to date from its journal, and ends it', async () => {
  const { store } = temp
  const plan = {
    ...aPlan('p1'),
    hosts: [{ hostId: 'h1', hostName: 'cmp1', observedAt: '', changes: [], steps: [], undo: [], blocked: [], kept: [] }],
  }
  await store.plans.save(plan)
  await store.runs.save(aRun('r1', plan, { steps: ['1', '2', '3'].map((id) => step(id, 'waiting')) }))
  const journalled = [step('1', 'running'), step('1', 'done'), step('2', 'running')]
  for (const [index, record] of journalled.entries())
    await store.runs.appendEvent({ runId: 'r1', seq: index + 1, at: '2026-01-01T00:00:00.000Z', type: 'step', step: record })

  await closeInterrupted({ store, clock: systemClock }, true)
  const run = await store.runs.get('r1')
  expect(explainedRun(run)).toMatchObject({
    status: 'failed',
    phase: 'done',
    verdict: expect.stringContaining('during "Step 2" on cmp1; whether that took effect is not known'),
  })
  expect(run.steps.map(({ status }) => status)).toEqual(['done', 'failed', 'waiting'])
  expect(await store.runs.listEvents('r1', 3)).toMatchObject([{ seq: 4, type: 'finished', run: { status: 'failed' } }])
  expect(await store.runs.listUnfinished()).toEqual([])
})

it('ends a run whose plan is lost', async () => {
  const { store } = temp
  await store.runs.save(aRun('r2', aPlan('lost'), { steps: [step('1', 'running')] }))
  await closeInterrupted({ store, clock: systemClock }, true)
  expect((await store.runs.list(firstPage)).items.find(({ id }) => id === 'r2')).toMatchObject({
    status: 'failed',
    verdict: { code: 'console-stopped', params: { during: [{ title: 'Step 1', host: 'h1' }] } },
  })
  expect(await store.runs.listUnfinished()).toEqual([])
})

it('ends a verification of a killed console with the hops it had, so that whoever watches it is not kept waiting', async () => {
  const { store } = temp
  const evidence: HopEvidence = {
    hopId: 'tap',
    host: 'cmp1',
    interface: 'tap1',
    method: 'capture',
    status: 'agrees',
    expected: { code: 'nothing-forwards', params: {} },
    seen: null,
    packets: 5,
    sample: null,
    pcap: null,
    notes: [],
  }
  await store.verifications.save({ ...aVerification('v1'), status: 'running', verdict: null })
  const at = '2026-01-01T00:00:00.000Z'
  await store.verifications.appendEvent({
    verificationId: 'v1',
    seq: 1,
    at,
    type: 'progress',
    stage: { code: 'listening', params: { points: 1 } },
  })
  await store.verifications.appendEvent({ verificationId: 'v1', seq: 2, at, type: 'hop', evidence: { ...evidence, packets: 1 } })
  await store.verifications.appendEvent({ verificationId: 'v1', seq: 3, at, type: 'hop', evidence })

  await closeInterrupted({ store, clock: systemClock }, true)
  const verification = await store.verifications.get('v1')
  expect(verification).toMatchObject({ status: 'cancelled', hops: [evidence], verdict: { code: 'console-stopped' } })
  expect(await store.verifications.listEvents('v1', 3)).toMatchObject([{ seq: 4, type: 'finished', verification }])
  expect(await store.verifications.listUnfinished()).toEqual([])
})
