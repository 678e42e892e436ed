import clsx from 'clsx'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { explainFinding } from '@/server/core/explain/finding'
import { explainBlastRadius, impactMeaning, impactOrder, impactWord } from '@/server/core/explain/plan'
import { explainImpact } from '@/server/core/explain/plan-findings'
import { hostNameOf } from '@/server/core/explain/run'
import type { Impact, ImpactKind, Plan } from '@/server/core/plan/plan'

import { impactSign, impactText } from './action-style'

/** Who loses packets while the plan runs, rebuilt neighbours included, and what stays although it is ours. */
export function BlastRadius({ plan }: { readonly plan: Plan }) {
  const kept = plan.hosts.flatMap((host) => host.kept.map((finding) => ({ hostName: host.hostName, sentence: explainFinding(finding) })))
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="text-lg">{explainBlastRadius(plan)}</p>
      {impactOrder.map((kind) => (
        <ImpactGroup key={kind} kind={kind} plan={plan} />
      ))}
      {kept.length > 0 && (
        <section aria-label="Kept" className="rounded-md border border-line bg-panel">
          <h2 className="hatched border-b border-line px-3 py-1.5">Kept, because something that is not ours lives in it</h2>
          <ul>
            {kept.map(({ hostName, sentence }) => (
              <li key={`${hostName}/${sentence}`} className="flex gap-3 px-3 py-1.5">
                <span className="w-20 shrink-0 font-mono text-sm">{hostName}</span>
                <span className="min-w-0 break-words text-dim">{sentence}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function ImpactGroup({ kind, plan }: { readonly kind: ImpactKind; readonly plan: Plan }) {
  const impacts = plan.impacts.filter((impact) => impact.kind === kind)
  if (impacts.length === 0) return null
  return (
    <section aria-label={impactWord[kind]} className="rounded-md border border-line bg-panel">
      <header className="flex items-baseline gap-2 border-b border-line px-3 py-1.5">
        <span aria-hidden className={clsx('font-mono font-semibold', impactText[kind])}>
          {impactSign[kind]}
        </span>
        <h2>{impactWord[kind]}</h2>
        <span className="text-sm text-faint">{impacts.length}</span>
        <span className="ml-auto text-sm text-faint">{impactMeaning[kind]}</span>
      </header>
      <DataTable
        label={impactWord[kind]}
        columns={columnsOf(plan)}
        rows={impacts}
        rowKey={(impact) => `${impact.hostId}/${impact.portId ?? impact.label}`}
      />
    </section>
  )
}

const columnsOf = (plan: Plan): readonly Column<Impact>[] => [
  { key: 'port', header: 'Port', width: '34%', cell: (impact) => <PortLink impact={impact} /> },
  {
    key: 'host',
    header: 'Host',
    width: '110px',
    cell: (impact) => <span className="font-mono text-sm">{hostNameOf(plan.hosts, impact.hostId)}</span>,
  },
  { key: 'reason', header: 'Why', cell: ({ reason }) => <span title={explainImpact(reason)}>{explainImpact(reason)}</span> },
]

function PortLink({ impact }: { readonly impact: Impact }) {
  if (impact.portId === null || impact.kind === 'removed') return <>{impact.label}</>
  return (
    <Link className="text-accent hover:underline" href={routes.networks({ tab: 'ports', selected: impact.portId })}>
      {impact.label}
    </Link>
  )
}
