// Runs beside and behind one another, in two consoles on one database: each has a store, a hub and managers of its own, as two processes have.
// The hosts only exist as readings (testing/machines.ts); on real ones this is tried in lab/tests/apply.lab.test.ts.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LEASE_MS } from '@/server/core/operation/lease'
import type { Run, RunEvent } from '@/server/core/plan/run'
import { explainedRun } from '@/server/core/testing/explained'
import { sampleTopology } from '@/server/core/testing/sample-topology'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createStore } from '@/server/effects/db/create-store'
import type { Store } from '@/server/effects/db/store'
import { firstPage } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { createEventHub } from '@/server/effects/events'
import { systemIds } from '@/server/effects/ids'
import { createPlan } from './create-plan'
import { createOperationManager } from './operation-manager'
import { createRunManager, type RunManager } from './run-manager'
import { startRun, type StartedRun } from './start-run'
import { Machines } from './testing/machines'

interface Console {
  readonly store: Store
  readonly runs: RunManager
  plan(): Promise<string>
  apply(planId: string): Promise<string>
  start(planId: string): Promise<StartedRun>
}

const topology = sampleTopology({ networks: [2] })
let temp: TempStore
let machines: Machines
let here: Console
let there: Console
/** How much later it is on the clock of the second console. */
let aheadMs: number

function openConsole(actor: string, now: () => number, at = machines): Console {
  const clock = { now: () => new Date(now()) }
  const events = createEventHub()
  const store = createStore({ dataDirectory: temp.dataDirectory, events, clock, ids: systemIds, logger: temp.logger })
  const shared = { store, events, clock, ids: systemIds, logger: temp.logger, hosts: at.hosts, lookMs: 10 }
  const operations = createOperationManager({ ...shared, heartbeatMs: 10 })
  const runs = createRunManager({ ...shared, operations, isAlone: false })
  return {
    store,
    runs,
    plan: async () => (await createPlan(shared, new AbortController().signal)).id,
    start: (planId) => startRun({ ...shared, operations }, planId, actor),
    apply: async (planId) => (await runs.start(planId, actor)).runId,
  }
}

beforeEach(async () => {
  temp = await openTempStore()
  await temp.store.edit(() => ({ ok: true, topology, value: null }))
  machines = new Machines(topology)
  aheadMs = 0
  here = openConsole('ada', () => Date.now())
  there = openConsole('ben', () => Date.now() + aheadMs)
})
afterEach(async () => {
  await Promise.all([here, there].map(({ store }) => store.close()))
  await temp.remove()
})

/** Follows a run until such an event, or to its end. */
async function until({ runs }: Console, runId: string, isIt: (event: RunEvent) => boolean): Promise<RunEvent> {
  for await (const event of runs.watch(runId, -1, new AbortController().signal)) if (isIt(event) || event.type === 'finished') return event
  throw new Error('the journal ended')
}
async function ended(seenFrom: Console, runId: string): Promise<Run> {
  await until(seenFrom, runId, () => false)
  return seenFrom.store.runs.get(runId)
}
const hasBegun = (event: RunEvent) => event.type === 'step' && event.step.status === 'running'

describe('two runs on different hosts', () => {
  /** The first one is in the midst of cmp1 when the second is planned and applied, for cmp2. */
  async function sideBySide() {
    machines.set('net1', 'built')
    machines.set('cmp2', 'built')
    const letGo = machines.hold('cmp1')
    const first = await here.apply(await here.plan())
    await until(there, first, hasBegun)
    machines.set('cmp2', 'bare')
    const planId = await there.plan()
    return { first, second: await there.apply(planId), planId, letGo }
  }

  it('[PLAN-45] go side by side; the later one leaves the other host to the earlier one, and records its revision after it', async () => {
    const { first, second, planId, letGo } = await sideBySide()
    expect(
      (await there.store.plans.get(planId)).hosts.map(({ hostName, steps, changedBy }) => [hostName, steps.length > 0, changedBy ?? null]),
    ).toEqual([
      ['cmp1', false, first],
      ['cmp2', true, null],
      ['net1', false, null],
    ])
    const waiting = await until(here, second, ({ type }) => type === 'waiting')
    expect(waiting).toMatchObject({ waitsFor: [{ hostName: 'cmp1', runId: first, actor: 'ada', isChanging: true }] })
    expect(machines.taken.get('cmp1') ?? 0).toBe(0)
    letGo()
    expect(await ended(there, first)).toMatchObject({ status: 'succeeded', revision: 1, actor: 'ada' })
    expect(await ended(here, second)).toMatchObject({ status: 'succeeded', revision: 2, actor: 'ben', waitsFor: [] })
  })

  it('[PLAN-45] and when the earlier one fails, the later one records no revision, since that would claim its host', async () => {
    const { first, second, letGo } = await sideBySide()
    machines.broken.add('cmp1')
    letGo()
    expect(await ended(there, first)).toMatchObject({ status: 'failed' })
    const run = await ended(here, second)
    expect(run).toMatchObject({
      status: 'failed',
      revision: null,
      steps: expect.arrayContaining([expect.objectContaining({ status: 'done' })]),
    })
    expect(explainedRun(run).verdict).toBe(
      `Everything is in place on cmp2, net1, but no revision was recorded: the plan left cmp1 to run ${first.slice(0, 8)}, which did not succeed. Plan again; the plan goes on from what is there.`,
    )
    expect(await here.store.revisions.latestNumber()).toBe(0)
  })
})

describe('two runs on one host', () => {
  async function queued() {
    const plans = [await here.plan(), await there.plan()] as const
    const letGo = machines.hold('cmp1')
    const first = await here.apply(plans[0])
    await until(here, first, hasBegun)
    return { first, second: await there.apply(plans[1]), letGo }
  }

  it('the second waits, and says for what, for whom and since when', async () => {
    const { first, second, letGo } = await queued()
    const run = await here.store.runs.get(second)
    expect(run).toMatchObject({ status: 'queued', phase: 'waiting', actor: 'ben' })
    expect(run.waitsFor).toContainEqual({
      hostId: machines.id('cmp1'),
      hostName: 'cmp1',
      runId: first,
      actor: 'ada',
      since: expect.any(String),
      isChanging: true,
    })
    expect((await here.store.runs.list(firstPage)).items.map(({ status }) => status)).toEqual(['queued', 'running'])
    expect(await here.store.runs.listEvents(second, -1)).toMatchObject([{ seq: 1, type: 'waiting', waitsFor: run.waitsFor }])
    letGo()
    await ended(here, second)
  })

  it('is refused when its turn comes and the first one has recorded a revision: nothing is done twice', async () => {
    const { first, second, letGo } = await queued()
    letGo()
    expect(await ended(here, first)).toMatchObject({ status: 'succeeded', revision: 1 })
    const taken = [...machines.taken]
    const run = await ended(here, second)
    expect(run).toMatchObject({
      status: 'failed',
      revision: null,
      verdict: { code: 'refused', params: { stale: { code: 'revision-moved' } } },
    })
    expect(explainedRun(run).verdict).toBe('Nothing was done. Revision 1 was recorded since this plan was made. Make a new plan.')
    expect([...machines.taken]).toEqual(taken)
  })

  it('begins by itself when the first one has failed and was taken back', async () => {
    machines.broken.add('cmp1')
    const { first, second, letGo } = await queued()
    machines.set('net1', 'built')
    machines.set('cmp2', 'built')
    letGo()
    expect(await ended(here, first)).toMatchObject({ status: 'failed' })
    const run = await ended(here, second)
    expect(run.steps.filter(({ status }) => status === 'failed').map(({ hostId }) => hostId)).toEqual([machines.id('cmp1')])
  })

  it('is refused when the design has moved on while it waited', async () => {
    machines.broken.add('cmp1')
    const { second, letGo } = await queued()
    await here.store.edit(createProject({ name: 'late' }, systemIds))
    letGo()
    expect(await ended(here, second)).toMatchObject({ verdict: { code: 'refused', params: { stale: { code: 'design-moved' } } } })
  })

  it('can be cancelled while it waits, also from the other console', async () => {
    const { first, second, letGo } = await queued()
    await here.runs.cancel(second)
    const run = await ended(here, second)
    expect(run).toMatchObject({ status: 'cancelled', verdict: { code: 'cancelled-queued' } })
    expect(await here.store.queue.get(second)).toMatchObject({ state: 'ended', outcome: 'cancelled', startedAt: null })
    letGo()
    expect(await ended(there, first)).toMatchObject({ status: 'succeeded' })
    await expect(there.runs.cancel(first)).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('a run can be cancelled from another console than its own', async () => {
  machines.hold('cmp1')
  const runId = await here.apply(await here.plan())
  await until(there, runId, hasBegun)
  await there.runs.cancel(runId)
  expect(await ended(there, runId)).toMatchObject({ status: 'cancelled' })
})

it('one plan is not applied twice at a time', async () => {
  const letGo = machines.hold('cmp1')
  const planId = await here.plan()
  const runId = await here.apply(planId)
  await expect(there.apply(planId)).rejects.toMatchObject({ code: 'busy' })
  letGo()
  await ended(here, runId)
  await expect(there.apply(planId)).rejects.toMatchObject({ code: 'plan_stale' })
})

it('a plan that leaves a host as it was read is stale once a run was there', async () => {
  machines.set('cmp2', 'built')
  machines.set('net1', 'built')
  machines.set('cmp1', 'built')
  const nothing = await here.plan()
  machines.set('cmp1', 'bare')
  machines.broken.add('cmp1')
  await ended(here, await here.apply(await here.plan()))
  await here.store.edit(createProject({ name: 'x' }, systemIds))
  await expect(here.apply(nothing)).rejects.toMatchObject({ code: 'plan_stale' })
})

it('a run whose console fell silent sends no further command once another console has its host, and takes nothing back', async () => {
  const letGo = machines.hold('cmp1')
  const { runId, finished } = await here.start(await here.plan())
  await until(here, runId, hasBegun)
  // To the second console it is so much later that the first one must be gone.
  aheadMs = 10 * LEASE_MS
  const theirs = new Machines(topology)
  const second = await openConsole('ben', () => Date.now() + aheadMs, theirs)
  await ended(second, await second.apply(await second.plan()))
  await until(second, runId, () => false)
  expect(theirs.taken.get('cmp1')).toBeGreaterThan(1)
  letGo()
  expect(await finished).toMatchObject({
    verdict: {
      code: 'failed',
      params: { failures: expect.arrayContaining([expect.objectContaining({ host: 'cmp1', undo: { code: 'lost', params: {} } })]) },
    },
  })
  expect(machines.taken.get('cmp1')).toBe(1)
  // What the second console wrote of it stands.
  expect(await here.store.runs.get(runId)).toMatchObject({ status: 'failed', verdict: { code: 'console-stopped' } })
  await second.store.close()
})

it('a host is read once for a plan and twice for the run that changes it, and one without steps not at all for the run', async () => {
  machines.set('net1', 'built')
  const planId = await here.plan()
  expect(machines.reads.toSorted()).toEqual(['cmp1', 'cmp2', 'net1'])
  machines.reads.length = 0
  expect(await ended(here, await here.apply(planId))).toMatchObject({
    status: 'succeeded',
    revision: 1,
    timings: [{ hostName: 'cmp1' }, { hostName: 'cmp2' }],
  })
  expect(machines.reads.toSorted()).toEqual(['cmp1', 'cmp1', 'cmp2', 'cmp2'])
})
