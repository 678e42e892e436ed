import { describe, expect, it } from 'vitest'

import { endpoints } from '@/server/core/explain/specimens/paths'
import { cmp2Plan, samplePlan } from '@/server/core/explain/specimens/plans'
import { failedRun, queuedRun, runningRun } from '@/server/core/explain/specimens/runs'
import type { Impact } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'

import { foldRun, stepsByHost } from './fold-run'
import { touchedPaths } from './touched-paths'

const base = { runId: runningRun.id, seq: 1, at: '2026-01-01T00:00:00.000Z' }
const step = (index: number, status: 'running' | 'done'): RunEvent => ({
  ...base,
  type: 'step',
  step: { ...runningRun.steps[index]!, status },
})
/** The plan of cmp1 has eight steps. */
const sixOf = (status: string): string[] => Array.from({ length: 6 }, () => status)
const statuses = (run: Run) => run.steps.map((each) => each.status)

describe('foldRun', () => {
  it('replaces the record of a step, also twice', () => {
    const once = foldRun(runningRun, step(3, 'done'))
    expect(statuses(once)).toEqual([...sixOf('done').slice(2), ...sixOf('waiting').slice(2), ...cmp2Plan.steps.map(() => 'done')])
    expect(foldRun(once, step(3, 'done'))).toEqual(once)
  })

  it('adds undo steps as they appear', () => {
    const undo: RunEvent = { ...base, type: 'step', step: { ...runningRun.steps[0]!, stepId: 'cmp1/100', isUndo: true, status: 'running' } }
    expect(foldRun(runningRun, undo).steps).toHaveLength(runningRun.steps.length + 1)
  })

  it('follows the phase and ends with the record, keeping the plan', () => {
    expect(foldRun(runningRun, { ...base, type: 'phase', phase: 'undoing' }).phase).toBe('undoing')
    const { plan: _plan, ...finished } = { ...failedRun, id: runningRun.id }
    expect(foldRun(runningRun, { ...base, type: 'finished', run: finished })).toEqual({ ...finished, plan: samplePlan })
  })

  it('follows a run from the queue to its turn', () => {
    const waiting = foldRun({ ...queuedRun, waitsFor: [] }, { ...base, runId: queuedRun.id, type: 'waiting', waitsFor: queuedRun.waitsFor })
    expect(waiting).toEqual(queuedRun)
    expect(foldRun(waiting, { ...base, runId: queuedRun.id, type: 'phase', phase: 'observing' })).toMatchObject({
      status: 'running',
      phase: 'observing',
      waitsFor: [],
    })
  })

  it('does not listen to other runs', () => {
    expect(foldRun(runningRun, { ...base, runId: 'other', type: 'phase', phase: 'done' })).toBe(runningRun)
  })
})

describe('stepsByHost', () => {
  it('keeps the plan’s order and calls what has no record waiting', () => {
    const hosts = stepsByHost({ ...runningRun, steps: runningRun.steps.slice(0, 2) })
    expect(hosts.map((host) => [host.hostName, host.forward.map((each) => each.status)])).toEqual([
      ['cmp1', ['done', 'done', ...sixOf('waiting')]],
      ['cmp2', cmp2Plan.steps.map(() => 'waiting')],
    ])
  })

  it('skips what a run that is over did not come to', () => {
    const hosts = stepsByHost({
      ...runningRun,
      status: 'cancelled',
      steps: runningRun.steps.map((each) => ({ ...each, status: 'waiting' })),
    })
    expect(new Set(hosts.flatMap((host) => host.forward.map((each) => each.status)))).toEqual(new Set(['skipped']))
  })

  it('keeps undo steps apart', () => {
    expect(stepsByHost(failedRun).map((host) => host.undo.length)).toEqual([3, 1])
  })
})

describe('touchedPaths', () => {
  const touch = (portId: string, kind: Impact['kind'] = 'new'): Impact => ({
    kind,
    hostId: 'h',
    portId,
    label: '',
    reason: { code: 'plugged-first', params: {} },
  })
  const [web1, web2, web3] = endpoints as [(typeof endpoints)[0], (typeof endpoints)[0], (typeof endpoints)[0]]
  const names = (impacts: readonly Impact[]) => touchedPaths(impacts, endpoints).map((path) => `${path.from.label} → ${path.to.label}`)

  it.each<[string, readonly Impact[], readonly string[]]>([
    ['prefers another host', [touch(web1.id)], ['web-1 → web-2']],
    ['names a pair once', [touch(web1.id), touch(web2.id)], ['web-1 → web-2']],
    ['covers every touched port', [touch(web1.id), touch(web3.id)], ['web-1 → web-2', 'web-3 → web-2']],
    ['leaves out what is gone', [touch(web1.id, 'removed')], []],
  ])('%s', (_, impacts, expected) => {
    expect(names(impacts)).toEqual(expected)
  })

  it('leads to no port by its own floating IP', () => {
    const id = 'b0000001-0000-4000-8000-000000000001'
    const floated = { ...web1, id, floatingIp: { id, address: '203.0.113.50' } }
    expect(touchedPaths([touch(web1.id)], [web1, floated])).toEqual([])
  })
})
