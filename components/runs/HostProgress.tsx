'use client'

import { duration, plural } from '@/server/core/explain/words'
import type { Run } from '@/server/core/plan/run'
import { progressOf } from '@/server/core/explain/run'

import type { HostSteps } from './fold-run'
import { StepRow } from './StepRow'

interface HostProgressProps {
  readonly run: Run
  readonly host: HostSteps
}

/** One host of a run: a bar, its steps, and the undo steps below. */
export function HostProgress({ run, host }: HostProgressProps) {
  const { done, total } = progressOf(host.forward)
  const planned = run.plan.hosts.find((each) => each.hostId === host.hostId)
  const timing = run.timings.find((each) => each.hostId === host.hostId)
  const isFailed = [...host.forward, ...host.undo].some((step) => step.status === 'failed')
  return (
    <section aria-label={`Steps on ${host.hostName}`} className="min-w-0 rounded-md border border-line bg-panel">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <h2 className="font-mono text-sm font-semibold">{host.hostName}</h2>
        <span className="text-sm text-dim">
          {done} of {plural(total, 'step')}
        </span>
        <div
          role="progressbar"
          aria-label={`Progress on ${host.hostName}`}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          className="h-1 min-w-16 flex-1 overflow-hidden rounded-full bg-unknown-soft"
        >
          <div className={`h-full ${isFailed ? 'bg-bad' : 'bg-ok'}`} style={{ width: total === 0 ? 0 : `${(100 * done) / total}%` }} />
        </div>
        {timing && (
          <span className="text-sm text-faint">
            {plural(timing.roundTrips, 'round trip')}, {duration(timing.executeMs)} changing, {duration(timing.observeMs)} reading
          </span>
        )}
      </header>
      <ol>
        {host.forward.map((record) => (
          <StepRow key={record.stepId} record={record} step={planned?.steps.find((step) => step.id === record.stepId)} />
        ))}
      </ol>
      {host.undo.length > 0 && (
        <>
          <h3 className="border-y border-line bg-canvas px-3 py-1 text-sm text-dim">Undo</h3>
          <ol>
            {host.undo.map((record) => (
              <StepRow key={record.stepId} record={record} step={planned?.undo.find((step) => step.id === record.stepId)} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
