// How a run ends when the console itself fails. The designs here have no hosts, so that nothing but the database is needed;
// runs on hosts are tried on the lab.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { explainedRun } from '@/server/core/testing/explained'
import type { Run } from '@/server/core/plan/run'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { systemClock } from '@/server/effects/clock'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { createConductor } from './create-conductor'

let temp: TempStore
let conductor: ReturnType<typeof createConductor>
beforeEach(async () => {
  temp = await openTempStore()
  conductor = createConductor({ ...temp, clock: systemClock, ids: systemIds })
  await temp.store.edit(createProject({ name: 'demo' }, systemIds))
})
afterEach(async () => {
  await conductor.close()
  await temp.remove()
})

/** Applies the design, and waits as a browser does: for the last event. */
async function apply(): Promise<Run> {
  const { runId } = await conductor.applyPlan((await conductor.createPlan('local')).id, 'local')
  const types: string[] = []
  for await (const event of conductor.watchRun(runId, -1, new AbortController().signal)) types.push(event.type)
  expect(types.at(-1)).toBe('finished')
  return temp.store.runs.get(runId)
}

it('a run whose revision cannot be recorded fails with that as its verdict, and the next plan makes the revision', async () => {
  const broken = await temp.breakTable('Revision', 'INSERT')
  const run = await apply()
  expect(run).toMatchObject({ status: 'failed', phase: 'done', revision: null, finishedAt: expect.any(String) })
  expect(explainedRun(run).verdict).toMatch(
    /^No revision was recorded\. The console could not write to its database: .*\. When that is mended, plan and apply again/,
  )
  expect(temp.logged).toHaveLength(1)
  await expect(conductor.cancelRun(run.id)).rejects.toMatchObject({ code: 'not_found' })

  await broken.mend()
  expect(await apply()).toMatchObject({ status: 'succeeded', revision: 1 })
})

it('a run whose journal cannot be written ends as broken off, and the next one is accepted', async () => {
  const broken = await temp.breakTable('JournalEntry', 'INSERT')
  const run = await apply()
  expect(explainedRun(run)).toMatchObject({
    status: 'failed',
    phase: 'done',
    verdict: expect.stringMatching(/^The run broke off\. The console could not write to its database/),
  })
  expect(temp.logged).not.toEqual([])

  await broken.mend()
  expect(await apply()).toMatchObject({ status: 'succeeded', revision: 1 })
  expect(await temp.reopen().runs.get(run.id)).toEqual(run)
})

it('a run whose record cannot be replaced is still over, with what it did', async () => {
  const broken = await temp.breakTable('RunRecord', 'UPDATE')
  expect(await apply()).toMatchObject({ status: 'succeeded', revision: 1 })
  expect(await temp.store.runs.latest()).toMatchObject({ status: 'succeeded' })
  expect(temp.logged).toHaveLength(1)
  await broken.mend()
})
