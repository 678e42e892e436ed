'use client'

import { explainSteps, progressOf } from '@/server/core/explain/run'
import { duration, plural } from '@/server/core/explain/words'
import type { Run, StepRecord, StepStatus } from '@/server/core/plan/run'

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
  return (
    <section aria-label={`Steps on ${host.hostName}`} className="min-w-0 rounded-md border border-line bg-panel">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <h2 className="font-mono text-sm font-semibold">{host.hostName}</h2>
        <span className="text-sm text-dim">{explainSteps(host.forward)}</span>
        <div
          role="progressbar"
          aria-label={`Progress on ${host.hostName}`}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          className="flex h-1 min-w-16 flex-1 overflow-hidden rounded-full bg-unknown-soft"
        >
          <Bar steps={host.forward} />
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

const BAR: readonly (readonly [StepStatus, string])[] = [
  ['done', 'bg-ok'],
  ['failed', 'bg-bad'],
  ['running', 'bg-accent'],
]

function Bar({ steps }: { readonly steps: readonly StepRecord[] }) {
  return BAR.map(([status, color]) => (
    <div
      key={status}
      className={color}
      style={{ width: `${(100 * steps.filter((step) => step.status === status).length) / Math.max(1, steps.length)}%` }}
    />
  ))
}
