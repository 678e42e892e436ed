import { Age } from '@/components/ui/Age'
import { EmptyState } from '@/components/ui/EmptyState'
import { explainHostSteps, explainRested } from '@/server/core/explain/plan'
import { plural } from '@/server/core/explain/words'
import type { HostPlan, Plan, Step } from '@/server/core/plan/plan'

import { StepCommand } from './StepCommand'

/** What will run, where, in which order, and why each step is there. */
export function PlanCommands({ plan }: { readonly plan: Plan }) {
  const hosts = plan.hosts.filter((host) => host.steps.length > 0)
  const rested = plan.hosts.filter((host) => host.changedBy !== undefined)
  if (hosts.length + rested.length === 0) return <EmptyState title="No command">The hosts already have what the design says.</EmptyState>
  return (
    <div className="flex flex-col gap-4 p-4">
      {hosts.map((host) => (
        <HostCommands key={host.hostId} host={host} />
      ))}
      {rested.map((host) => (
        <section
          key={host.hostId}
          aria-label={`Commands on ${host.hostName}`}
          className="min-w-0 rounded-md border border-line bg-panel px-3 py-2"
        >
          <h3 className="font-mono text-sm font-semibold">{host.hostName}</h3>
          <p className="mt-1 text-dim">{explainRested(host.changedBy ?? '')}</p>
        </section>
      ))}
    </div>
  )
}

function HostCommands({ host }: { readonly host: HostPlan }) {
  return (
    <section aria-label={`Commands on ${host.hostName}`} className="min-w-0 rounded-md border border-line bg-panel">
      <header className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3 py-2">
        <h2 className="font-mono text-sm font-semibold">{host.hostName}</h2>
        <span className="text-sm text-dim">{explainHostSteps(host)}</span>
        <span className="ml-auto text-sm text-faint">
          read <Age at={host.observedAt} />
        </span>
      </header>
      <Steps steps={host.steps} />
      {host.undo.length > 0 && (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-3 py-2 text-dim">Undo: {plural(host.undo.length, 'step')}, if something fails</summary>
          <Steps steps={host.undo} />
        </details>
      )}
    </section>
  )
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step) => (
        <li
          key={step.id}
          className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-2 border-b border-line px-3 py-2 [contain-intrinsic-size:auto_96px] [content-visibility:auto] last:border-b-0"
        >
          <span className="pt-px text-right text-sm text-faint">{step.id.slice(step.id.lastIndexOf('/') + 1)}</span>
          <div className="min-w-0">
            <p className="font-medium break-words">{step.title}</p>
            <p className="mb-1.5 break-words text-dim">{step.reason}</p>
            <StepCommand command={step.command} />
          </div>
        </li>
      ))}
    </ol>
  )
}
