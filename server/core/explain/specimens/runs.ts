// Sample runs of the sample plans, in every state that a page shows. Typed, never shipped in a page of production.

import type { HostPlan, Step } from '../../plan/plan'
import type { Run, StepRecord } from '../../plan/run'
import { cmp1, cmp2 } from './paths'
import { cmp1Plan, cmp2Plan, samplePlan } from './plans'

const record = (hostPlan: HostPlan, planned: Step, status: StepRecord['status'], more: Partial<StepRecord> = {}): StepRecord => ({
  hostId: hostPlan.hostId,
  stepId: planned.id,
  title: planned.title,
  isUndo: false,
  status,
  startedAt: status === 'waiting' ? null : '2026-11-20T23:41:12.000Z',
  result:
    status === 'done' || status === 'failed'
      ? {
          host: hostPlan.hostName,
          argv: planned.command.argv,
          exitCode: status === 'done' ? 0 : 1,
          stdout: '',
          stderr: '',
          durationMs: 184,
          isTruncated: false,
        }
      : null,
  ...more,
})

/** `rest`: of the steps behind those. */
const forward = (plan: HostPlan, statuses: readonly StepRecord['status'][], rest: StepRecord['status']): readonly StepRecord[] =>
  plan.steps.map((planned, index) => record(plan, planned, statuses[index] ?? rest))

export const runningRun: Run = {
  id: '99990000-2222-4333-8444-555566667777',
  planId: samplePlan.id,
  status: 'running',
  phase: 'executing',
  actor: 'local',
  waitsFor: [],
  desiredDigests: {},
  startedAt: '2026-11-20T23:41:10.000Z',
  finishedAt: null,
  revision: null,
  steps: [...forward(cmp1Plan, ['done', 'done', 'done', 'running'], 'waiting'), ...forward(cmp2Plan, [], 'done')],
  leftovers: [],
  timings: [],
  verdict: null,
  plan: samplePlan,
}

export const queuedRun: Run = {
  ...runningRun,
  id: '99990000-2222-4333-8444-55556666aaaa',
  status: 'queued',
  phase: 'waiting',
  actor: 'ben',
  steps: [],
  waitsFor: [
    { hostId: cmp1.id, hostName: cmp1.name, runId: runningRun.id, actor: 'ada', since: '2026-11-20T23:41:10.000Z', isChanging: true },
    {
      hostId: cmp2.id,
      hostName: cmp2.name,
      runId: '77770000-2222-4333-8444-555566660000',
      actor: 'local',
      since: '2026-11-20T23:41:11.000Z',
      isChanging: false,
    },
  ],
}

/** Its hosts are done; the one beside it is not. */
export const restingRun: Run = {
  ...queuedRun,
  id: '99990000-2222-4333-8444-55556666bbbb',
  status: 'running',
  steps: forward(cmp2Plan, [], 'done'),
  waitsFor: queuedRun.waitsFor.slice(0, 1),
}

const stderr = "ovs-ofctl: -:3: in_port: unknown port name 'qvo9f9c98cb-13'\n"

export const failedRun: Run = {
  ...runningRun,
  id: '99990000-2222-4333-8444-555566668888',
  status: 'failed',
  phase: 'done',
  finishedAt: '2026-11-20T23:41:19.000Z',
  steps: [
    ...forward(cmp1Plan, ['done', 'done', 'done', 'failed'], 'skipped').map((each) =>
      each.status === 'failed' ? { ...each, result: { ...each.result!, stderr } } : each,
    ),
    ...forward(cmp2Plan, [], 'done'),
    ...cmp1Plan.undo.slice(-3).map((planned) => record(cmp1Plan, planned, 'done', { isUndo: true })),
    record(cmp2Plan, cmp2Plan.undo[0]!, 'failed', { isUndo: true }),
  ],
  leftovers: [
    {
      hostId: cmp2.id,
      hostName: cmp2.name,
      finding: {
        code: 'left',
        severity: 'error',
        subject: { kind: 'flows', id: 'br-tun/4/1/tun_id=0x64', name: 'flow br-tun table=4,priority=1,tun_id=0x64' },
        params: {},
      },
    },
  ],
  timings: [
    { hostId: cmp1.id, hostName: cmp1.name, roundTrips: 6, executeMs: 1_240, observeMs: 410 },
    { hostId: cmp2.id, hostName: cmp2.name, roundTrips: 2, executeMs: 310, observeMs: 390 },
  ],
}

export const succeededRun: Run = {
  ...failedRun,
  id: '99990000-2222-4333-8444-555566669999',
  status: 'succeeded',
  revision: 5,
  steps: [...forward(cmp1Plan, [], 'done'), ...forward(cmp2Plan, [], 'done')],
  leftovers: [],
  verdict: null,
}
