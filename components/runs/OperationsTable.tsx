'use client'

import { useMutation } from '@tanstack/react-query'
import { Activity } from 'lucide-react'

import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useFailureToast } from '@/components/lib/use-failure-toast'
import { useNavigate } from '@/components/lib/use-navigate'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import type { OperationSummary } from '@/server/core/api-types'
import { explainOperation, operationKindWord } from '@/server/core/explain/operation'
import { duration, joinSome } from '@/server/core/explain/words'
import type { OperationOutcome } from '@/server/core/operation/operation'

const outcomeStatus: Record<OperationOutcome, Status> = { succeeded: 'ok', failed: 'bad', cancelled: 'warn', interrupted: 'warn' }

const columns: readonly Column<OperationSummary>[] = [
  { key: 'kind', header: 'What', width: '110px', cell: (operation) => operationKindWord[operation.kind] },
  {
    key: 'state',
    header: 'State',
    width: '170px',
    cell: (operation) => (
      <StatusMark status={operation.outcome ? outcomeStatus[operation.outcome] : 'unknown'} label={explainOperation(operation)} />
    ),
  },
  { key: 'hosts', header: 'Hosts', cell: ({ hostNames }) => <span className="font-mono text-sm">{joinSome(hostNames)}</span> },
  { key: 'actor', header: 'By', width: '110px', cell: ({ actor }) => actor },
  {
    key: 'took',
    header: 'Took',
    width: '90px',
    align: 'right',
    cell: ({ queuedAt, endedAt }) => (endedAt === null ? '' : duration(Date.parse(endedAt) - Date.parse(queuedAt))),
  },
  { key: 'at', header: 'Asked', width: '110px', cell: ({ queuedAt }) => <Age at={queuedAt} className="text-dim" /> },
  { key: 'cancel', header: 'Cancel', width: '90px', align: 'right', cell: (operation) => <Cancel operation={operation} /> },
]

const pageOf = ({ kind, id }: OperationSummary): string | null =>
  kind === 'apply' ? routes.run(id) : kind === 'verify' ? routes.verification(id) : null

/** What goes on about the hosts, and what went on last. */
export function OperationsTable({ operations }: { readonly operations: readonly OperationSummary[] }) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Operations"
      columns={columns}
      isVirtual
      rows={operations}
      rowKey={(operation) => operation.id}
      onRowSelect={(operation) => {
        const page = pageOf(operation)
        if (page !== null) navigate.push(page)
      }}
      empty={
        <EmptyState Icon={Activity} title="Nothing was asked of the hosts yet">
          Readings, plans, runs, verifications and audits are listed here, with who asked for them.
        </EmptyState>
      }
    />
  )
}

/** Runs and verifications are cancelled on their pages, which say what that leaves. */
function Cancel({ operation }: { readonly operation: OperationSummary }) {
  const trpc = useTRPC()
  const onFailure = useFailureToast()
  const cancel = useMutation(trpc.operations.cancel.mutationOptions({ onError: onFailure('Cancelling') }))
  if (operation.state === 'ended' || pageOf(operation) !== null) return null
  return (
    <Button
      variant="secondary"
      size="sm"
      isBusy={cancel.isPending || operation.state === 'cancelling'}
      onClick={(event) => {
        event.stopPropagation()
        cancel.mutate({ id: operation.id })
      }}
    >
      Cancel
    </Button>
  )
}
