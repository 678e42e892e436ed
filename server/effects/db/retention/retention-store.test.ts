// What goes and what stays, on a real database. Limits here are smaller than the API lets anybody set.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import type { HopEvidence, Verification } from '@/server/core/path/verification'
import { passedVerification } from '@/server/core/explain/specimens/verifications'
import type { Plan } from '@/server/core/plan/plan'
import { defaultRetention, PINNED_PATHS, type Retention } from '@/server/core/retention/retention'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import { aPlan, aRun, aVerification, firstPage, phaseEvent } from '../testing/records'
import { openTempStore, type TempStore } from '../testing/temp-store'

const NOW = Date.UTC(2026, 5, 30)
const ago = (hours: number): string => new Date(NOW - hours * 3_600_000).toISOString()

let temp: TempStore
let nowMs: number
beforeEach(async () => {
  nowMs = NOW
  temp = await openTempStore({ now: () => new Date(nowMs) })
})
afterEach(() => temp.remove())

const limited = (limits: Partial<Retention>): Retention => ({ ...defaultRetention, ...limits })
async function keep(limits: Partial<Retention>): Promise<void> {
  await temp.store.retention.set(limited(limits))
  await temp.store.retention.settle()
}

const planOf = (id: string, hours: number): Plan => ({ ...aPlan(id), createdAt: ago(hours) })
const savePlans = async (...plans: Plan[]) => {
  for (const plan of plans) await temp.store.plans.save(plan)
  await temp.store.retention.settle()
}
const arePlansThere = (...ids: string[]) =>
  Promise.all(
    ids.map((id) =>
      temp.store.plans.get(id).then(
        () => true,
        () => false,
      ),
    ),
  )
const runIds = async () => (await temp.store.runs.list(firstPage)).items.map(({ id }) => id)
const verificationIds = async () => (await temp.store.verifications.list(firstPage)).items.map(({ id }) => id)

async function endRun(id: string, hours: number, plan: Plan = planOf(`plan of ${id}`, hours)): Promise<void> {
  const run = aRun(id, plan, { startedAt: ago(hours) })
  await temp.store.queue.enqueue({ id, kind: 'apply', actor: 'local', hostIds: [] })
  await temp.store.runs.save(run)
  await temp.store.runs.appendEvent({ ...phaseEvent(id, 1), at: ago(hours) })
  const ended = { ...run, status: 'succeeded' as const }
  await temp.store.runs.finish(ended, { runId: id, seq: 2, at: ago(hours), type: 'finished', run: ended })
}

/** Of a path of its own, unless it is told. */
async function verify(id: string, hours: number, { to = id, ...changes }: Partial<Verification> & { to?: string } = {}): Promise<void> {
  const base = aVerification(id)
  const verification = { ...base, startedAt: ago(hours), destination: { ...base.destination, id: to }, ...changes }
  await temp.store.verifications.save(verification)
  if (verification.status === 'running') return
  await temp.store.verifications.finish(verification, { verificationId: id, seq: 2, at: ago(hours), type: 'finished', verification })
}

const packet: CapturedPacket = { timestampUs: 1, originalLength: 60, data: new Uint8Array(60) }
const hopWith = (pcap: string): HopEvidence => ({ ...passedVerification.hops[0]!, pcap })
const captureIds = async () => (await temp.store.captures.list()).map(({ id }) => id).sort()

describe('plans', () => {
  it('that something points at stay and do not count; of others the latest do, and all of the last hour', async () => {
    await keep({ plans: { count: 1, days: null } })
    await savePlans(planOf('of-run', 90), planOf('of-revision', 80))
    await endRun('run-1', 90, planOf('of-run', 90))
    await temp.store.revisions.record(emptyTopology, 'of-revision')
    await savePlans(planOf('old', 70), planOf('latest', 2))
    expect(await arePlansThere('of-run', 'of-revision', 'old', 'latest')).toEqual([true, true, false, true])
    await savePlans(planOf('fresh-1', 0.5), planOf('fresh-2', 0))
    expect(await arePlansThere('latest', 'fresh-1', 'fresh-2')).toEqual([false, true, true])
  })

  it('that were just made stay when the clock goes back', async () => {
    await keep({ plans: { count: 1, days: null } })
    await savePlans(planOf('ahead-1', 0), planOf('ahead-2', 0))
    nowMs -= 24 * 3_600_000
    await savePlans(planOf('behind', 24))
    expect(await arePlansThere('ahead-1', 'ahead-2', 'behind')).toEqual([true, true, true])
  })

  it('that went between being read and being applied come back with their run', async () => {
    await keep({ plans: { count: 1, days: null } })
    await savePlans(planOf('old', 70))
    const read = await temp.store.plans.get('old')
    await savePlans(planOf('latest', 2))
    expect(await arePlansThere('old')).toEqual([false])
    await endRun('run-1', 1, read)
    await temp.store.retention.settle()
    expect((await temp.reopen().runs.get('run-1')).plan).toEqual(read)
  })

  it('that are gone are told with the limit, and those that never were are not', async () => {
    await keep({ plans: { count: 1, days: 30 } })
    await savePlans(planOf('old', 70), planOf('latest', 2))
    await expect(temp.store.plans.get('old')).rejects.toMatchObject({
      code: 'no_longer_kept',
      message:
        'This plan is no longer kept. It was removed on 2026-06-30. Of plans the console keeps the latest 1, for 30 days at most. The settings can raise that for those to come.',
    })
    await expect(temp.store.plans.get('nonsense')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('runs', () => {
  it('beyond the number go with their journal and operation, and then their plans', async () => {
    await keep({ runs: { count: 2, days: null }, plans: { count: 1, days: null } })
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) await endRun(id, 50 - index)
    await temp.store.retention.settle()
    expect(await runIds()).toEqual(['d', 'c'])
    expect(await arePlansThere('plan of a', 'plan of b', 'plan of c')).toEqual([false, true, true])
    expect(await temp.store.runs.listEvents('a', -1)).toEqual([])
    expect(await Promise.all(['a', 'd'].map(async (id) => (await temp.store.queue.get(id))?.outcome))).toEqual([undefined, 'succeeded'])
    await expect(temp.store.runs.get('a')).rejects.toMatchObject({ code: 'no_longer_kept' })
  })

  it('beyond the age go, and those of the last hour stay beyond the number', async () => {
    for (const [id, hours] of [
      ['month', 24 * 30],
      ['week', 24 * 7],
      ['fresh-1', 0.5],
      ['fresh-2', 0.1],
    ] as const)
      await endRun(id, hours)
    await keep({ runs: { count: 10, days: 14 } })
    expect(await runIds()).toEqual(['fresh-2', 'fresh-1', 'week'])
    await keep({ runs: { count: 1, days: 14 } })
    expect(await runIds()).toEqual(['fresh-2', 'fresh-1'])
  })

  it('that have not ended stay, and nothing goes while one is going', async () => {
    for (const id of ['a', 'b', 'c']) await endRun(id, 50)
    const long = aRun('long', planOf('plan of long', 900), { startedAt: ago(900) })
    await temp.store.runs.save(long)
    await keep({ runs: { count: 1, days: null } })
    expect(await runIds()).toEqual(['c', 'b', 'a', 'long'])
    const ended = { ...long, status: 'failed' as const }
    await temp.store.runs.finish(ended, { runId: 'long', seq: 1, at: ago(0), type: 'finished', run: ended })
    await temp.store.retention.settle()
    expect(await runIds()).toEqual(['c'])
  })

  it('go batch by batch, however many there are', async () => {
    for (let index = 0; index < 45; index += 1)
      await temp.store.runs.save(aRun(`run-${index}`, aPlan('p'), { status: 'failed', startedAt: ago(100 + index) }))
    await keep({ runs: { count: 2, days: null } })
    expect(await runIds()).toEqual(['run-0', 'run-1'])
  })
})

describe('verifications', () => {
  it('that are the last evidence of a path stay, and with them their captures', async () => {
    for (const id of ['capture-older', 'capture-proof', 'capture-other']) await temp.store.captures.save(id, [packet], 256)
    await verify('older', 300, { to: 'db', hops: [hopWith('capture-older')] })
    await verify('proof', 200, { to: 'db', hops: [hopWith('capture-proof')] })
    await verify('cancelled', 150, { to: 'db', status: 'cancelled' })
    await verify('running', 140, { to: 'db', status: 'running' })
    await verify('other', 100, { to: 'mail', hops: [hopWith('capture-other')] })
    await keep({ verifications: { count: 1, days: null } })
    expect(await verificationIds()).toEqual(['other', 'running', 'proof'])
    expect(await captureIds()).toEqual(['capture-other', 'capture-proof'])
    await expect(temp.store.captures.find('capture-older')).rejects.toMatchObject({ code: 'no_longer_kept' })
    await expect(temp.store.verifications.get('older')).rejects.toMatchObject({ code: 'no_longer_kept' })
    nowMs += 2 * 24 * 3_600_000 + (Date.now() - NOW)
    await keep({ captures: { count: 0, days: 1 }, captureMib: 0 })
    expect(await captureIds()).toEqual(['capture-other', 'capture-proof'])
  })
})

it('of more paths than anybody looks after the last evidence of those stays that were verified last', async () => {
  const rows = Array.from(
    { length: PINNED_PATHS + 3 },
    (_, index) => `('v${index}', 'passed', '${ago(1_000 + index)}', 'p${index}', 'q', '{}', '{}')`,
  )
  await temp.sql(
    `INSERT INTO VerificationRecord (id, status, startedAt, sourcePortId, destinationPortId, summaryJson, verificationJson) VALUES ${rows.join(', ')}`,
  )
  const limits = { verifications: { count: 1, days: null } }
  expect((await temp.store.retention.preview(limited(limits))).verifications).toBe(2)
  await keep(limits)
  const { count, oldestAt } = (await temp.store.retention.report()).kept.verifications
  expect([count, oldestAt]).toEqual([PINNED_PATHS + 1, ago(1_000 + PINNED_PATHS)])
})

describe('captures', () => {
  it('that nothing points at go when they are too many, and not in their first hour', async () => {
    for (const id of ['capture-1', 'capture-2', 'capture-3']) await temp.store.captures.save(id, [packet], 256)
    nowMs = Date.now()
    await keep({ captures: { count: 1, days: null } })
    expect(await captureIds()).toHaveLength(3)
    nowMs += 2 * 3_600_000
    await keep({ captures: { count: 1, days: null } })
    expect(await captureIds()).toHaveLength(1)
    await expect(temp.store.captures.find('capture-0')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('journals', () => {
  const seqs = async (runId: string) => (await temp.store.runs.listEvents(runId, -1)).map(({ seq }) => seq)

  it('of older runs keep their last entry, which has all of the record; those of what goes on are whole', async () => {
    for (const [index, id] of ['a', 'b', 'c'].entries()) await endRun(id, 50 - index)
    await verify('slow', 500, { status: 'running' })
    for (const seq of [1, 2])
      await temp.store.verifications.appendEvent({
        verificationId: 'slow',
        seq,
        at: ago(500),
        type: 'progress',
        stage: { code: 'listening', params: { points: 1 } },
      })
    await keep({ journals: { count: 1, days: null } })
    expect([await seqs('a'), await seqs('b'), await seqs('c')]).toEqual([[2], [2], [1, 2]])
    expect(await temp.store.verifications.listEvents('slow', -1)).toHaveLength(2)
    await keep({ journals: { count: 10, days: 1 } })
    expect(await seqs('c')).toEqual([2])
  })
})

it('what a preview counts is what goes, and the report says what is left', async () => {
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) await endRun(id, 50 - index)
  for (const [index, id] of ['v', 'w', 'x'].entries()) await verify(id, 90 - index, { to: 'db' })
  await savePlans(planOf('old', 70), planOf('latest', 2))
  const limits = limited({
    runs: { count: 1, days: null },
    plans: { count: 1, days: null },
    journals: { count: 3, days: null },
    verifications: { count: 1, days: null },
  })
  expect(await temp.store.retention.preview(limits)).toEqual({ runs: 3, plans: 1, journals: 1, verifications: 2, captures: 0 })
  await keep(limits)
  const { limits: set, kept, database } = await temp.store.retention.report()
  expect(set).toEqual(limits)
  expect(kept).toEqual({
    runs: { count: 1, pinned: 0, oldestAt: ago(47) },
    // With the runs their plans lost what pointed at them.
    plans: { count: 2, pinned: 1, oldestAt: ago(47) },
    journals: { count: 1, pinned: 0, oldestAt: ago(47) },
    verifications: { count: 1, pinned: 1, oldestAt: ago(88) },
    captures: { count: 0, pinned: 0, oldestAt: null },
  })
  expect(database.bytes).toBeGreaterThan(0)
})

it('a limit that nobody set is the default', async () => expect((await temp.store.retention.report()).limits).toEqual(defaultRetention))
