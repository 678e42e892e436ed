'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'

import { appError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { aboutObject } from '@/components/plan/about'
import { ActionSign } from '@/components/plan/ActionSign'
import { FieldChanges } from '@/components/plan/FieldChanges'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { objectKindWord } from '@/server/core/explain/object-change'
import type { ObjectChange } from '@/server/core/plan/change'

interface PendingNoteProps {
  readonly index: TopologyIndex
  readonly object: ShownObject
}

/** More of its parts are counted. */
const SHOWN = 3

/** What was edited of an object, and of the ports that are its own, and is on no host yet; its commands are one press away. */
export function PendingNote({ index, object }: PendingNoteProps) {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const { data } = useQuery(trpc.topology.get.queryOptions())
  const { id } = object.item
  const { ids } = aboutObject(index, object)
  const changes = (data?.changes ?? []).filter((change) => ids.has(change.id)).toSorted((a, b) => Number(b.id === id) - Number(a.id === id))
  const plan = useMutation(
    trpc.plans.create.mutationOptions({
      onSuccess: (made) => navigate.push(routes.changes({ plan: made.id, tab: 'commands', about: id })),
    }),
  )
  if (changes.length === 0) return null
  return (
    <section aria-label="Pending changes" className="flex shrink-0 flex-col gap-2 border-b border-line bg-panel px-4 py-2">
      <div className="flex min-w-0 items-start gap-3">
        <ul className="min-w-0 flex-1">
          {changes.slice(0, SHOWN).map((change) => (
            <Change key={change.id} change={change} />
          ))}
          {changes.length > SHOWN && <li className="text-sm text-faint">and {changes.length - SHOWN} more</li>}
        </ul>
        <div className="flex shrink-0 items-center gap-1">
          <Link href={routes.changes()} className={buttonClass('ghost', 'sm')}>
            All changes
          </Link>
          <Button size="sm" isBusy={plan.isPending} onClick={() => plan.mutate()}>
            {plan.isPending ? 'Reading the hosts' : 'Plan: its commands'}
          </Button>
        </div>
      </div>
      {plan.error && <ErrorNote title="Planning" error={appError(plan.error)} />}
    </section>
  )
}

const Change = ({ change: { action, kind, name, fields } }: { readonly change: ObjectChange }) => (
  <li className="flex min-w-0 items-baseline gap-2">
    <ActionSign action={action} />
    <span className="shrink-0 text-dim">{objectKindWord[kind]}</span>
    <span className="max-w-2/5 shrink-0 truncate" title={name}>
      {name}
    </span>
    <FieldChanges action={action} fields={fields} />
  </li>
)
