import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VerificationEvent } from '@/server/core/path/verification'
import type { Run, RunEvent } from '@/server/core/plan/run'
import { databaseUrlOf } from '../env'
import { openDatabase } from './database'
import { aPlan, aRun, aVerification, firstPage, pairOf, phaseEvent } from './testing/records'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
beforeEach(async () => {
  temp = await openTempStore()
})
afterEach(async () => {
  await temp.remove()
})

const plan = aPlan('p1')
const ended = aRun('r1', plan, {
  status: 'succeeded',
  phase: 'done',
  verdict: { code: 'in-place', params: { revision: 1, hosts: ['cmp1'] } },
})
const lastEvent = (run: Run): RunEvent => ({ runId: run.id, seq: 2, at: run.startedAt, type: 'finished', run })

async function startRun(id: string): Promise<void> {
  await temp.store.runs.save(aRun(id, plan))
  await temp.store.runs.appendEvent(phaseEvent(id, 1))
}

// The record, or the last entry of its journal: one is not stored without the other.
it.each([
  ['RunRecord', 'UPDATE'],
  ['JournalEntry', 'INSERT'],
] as const)(
  'the end of a run is told from memory while %s cannot be written, then stored before the next run',
  async (table, operation) => {
    await temp.store.plans.save(plan)
    await startRun('r1')
    const broken = await temp.breakTable(table, operation)
    await temp.store.runs.finish(ended, lastEvent(ended))
    expect(temp.logged).toHaveLength(1)
    expect(await temp.store.runs.get('r1')).toEqual(ended)
    const told = { id: 'r1', status: 'succeeded', verdict: ended.verdict }
    expect((await temp.store.runs.list(firstPage)).items).toMatchObject([told])
    expect(await temp.store.runs.latest()).toMatchObject(told)
    expect(await temp.store.runs.listGoing()).toEqual([])
    expect((await temp.store.runs.listEvents('r1', -1)).map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'phase'],
      [2, 'finished'],
    ])
    expect(await temp.store.runs.listEvents('r1', 2)).toEqual([])
    expect(await temp.reopen().runs.get('r1')).toMatchObject({ status: 'running' })

    await broken.mend()
    await startRun('r2')
    expect(await temp.reopen().runs.get('r1')).toEqual(ended)
    expect(await temp.reopen().runs.listEvents('r1', 1)).toEqual([lastEvent(ended)])
    expect(await temp.store.runs.listEvents('r1', 1)).toEqual([lastEvent(ended)])
  },
)

it('so is the end of a verification', async () => {
  const passed = aVerification('v1')
  const event: VerificationEvent = { verificationId: 'v1', seq: 1, at: passed.startedAt, type: 'finished', verification: passed }
  await temp.store.verifications.save({ ...passed, status: 'running', verdict: null })
  const broken = await temp.breakTable('VerificationRecord', 'UPDATE')
  await temp.store.verifications.finish(passed, event)
  expect(temp.logged).toHaveLength(1)
  expect(await temp.store.verifications.get('v1')).toEqual(passed)
  expect((await temp.store.verifications.list(firstPage)).items).toMatchObject([{ id: 'v1', status: 'passed' }])
  expect(await temp.store.verifications.lastEvidence(pairOf(passed))).toEqual(passed)
  expect(await temp.store.verifications.listEvents('v1', -1)).toEqual([event])

  await broken.mend()
  await temp.store.verifications.save(aVerification('v2'))
  expect(await temp.reopen().verifications.get('v1')).toEqual(passed)
  expect(await temp.reopen().verifications.listEvents('v1', -1)).toEqual([event])
})

it('an end waits for whoever else writes', async () => {
  await temp.store.plans.save(plan)
  await startRun('r1')
  const other = openDatabase(databaseUrlOf(temp.dataDirectory))
  let ending: Promise<boolean> | null = null
  await other.write(async (tx) => {
    await tx.$executeRawUnsafe('DELETE FROM Project')
    ending = temp.store.runs.finish(ended, lastEvent(ended))
    await sleep(100)
  })
  await ending
  expect(temp.logged).toEqual([])
  expect(await temp.reopen().runs.get('r1')).toEqual(ended)
  await other.close()
})
