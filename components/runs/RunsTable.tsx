'use client'

import { PlayCircle } from 'lucide-react'
import Link from 'next/link'

import type { PagedList } from '@/components/lib/paged-list'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import type { RunSummary } from '@/server/core/api-types'
import { explainWaits, phaseWord, runStatusWord } from '@/server/core/explain/run'
import { duration, joinSome, plural, shortRun } from '@/server/core/explain/words'

import { runStatus } from './run-status'

const columns: readonly Column<RunSummary>[] = [
  { key: 'id', header: 'Run', width: '110px', cell: (run) => <Mono value={run.id} shown={shortRun(run.id)} /> },
  {
    key: 'status',
    header: 'State',
    width: '170px',
    cell: (run) => (
      <StatusMark status={runStatus[run.status]} label={run.status === 'running' ? phaseWord[run.phase] : runStatusWord[run.status]} />
    ),
  },
  {
    key: 'revision',
    header: 'Revision',
    width: '80px',
    align: 'right',
    cell: (run) => run.revision ?? <span className="text-faint">–</span>,
  },
  { key: 'hosts', header: 'Hosts', width: '170px', cell: (run) => <span className="font-mono text-sm">{joinSome(run.hostNames)}</span> },
  { key: 'steps', header: 'Steps', width: '90px', align: 'right', cell: (run) => `${run.doneStepCount} / ${run.stepCount}` },
  {
    key: 'took',
    header: 'Took',
    width: '90px',
    align: 'right',
    cell: (run) => (run.finishedAt === null ? '' : duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))),
  },
  { key: 'actor', header: 'By', width: '80px', cell: (run) => run.actor },
  { key: 'at', header: 'Started', width: '110px', cell: (run) => <Age at={run.startedAt} className="text-dim" /> },
  { key: 'verdict', header: 'Outcome', cell: (run) => <Outcome run={run} /> },
]

export function RunsTable({ runs }: { readonly runs: PagedList<RunSummary> }) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Runs"
      columns={columns}
      isVirtual
      {...runs}
      rowKey={(run) => run.id}
      onRowSelect={(run) => navigate.push(routes.run(run.id))}
      empty={
        <EmptyState
          Icon={PlayCircle}
          title="Nothing was applied yet"
          action={
            <Link href={routes.changes()} className={buttonClass()}>
              Go to the changes
            </Link>
          }
        >
          A run is one applied plan, with every command it sent and what came of it.
        </EmptyState>
      }
    />
  )
}

function Outcome({ run }: { readonly run: RunSummary }) {
  const left = run.leftoverCount === 0 ? '' : `${plural(run.leftoverCount, 'thing')} left over. `
  const end = run.verdict ? explainRunVerdict(run.verdict) : run.phase === 'waiting' ? explainWaits(run.waitsFor) : ''
  const words = `${left}${end}`
  return (
    <span className={run.leftoverCount > 0 ? 'text-warn' : 'text-dim'} title={words}>
      {words}
    </span>
  )
}
