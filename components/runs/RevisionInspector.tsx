'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { ActionSign } from '@/components/plan/ActionSign'
import { FieldChanges } from '@/components/plan/FieldChanges'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Age } from '@/components/ui/Age'
import { objectKindWord } from '@/server/core/explain/object-change'
import type { Revision } from '@/server/core/api-types'

interface RevisionInspectorProps {
  readonly number: number
  readonly onClose: () => void
}

export function RevisionInspector({ number, onClose }: RevisionInspectorProps) {
  const trpc = useTRPC()
  const query = useQuery(trpc.revisions.get.queryOptions({ number }))
  return (
    <Inspector kind="Revision" title={number} onClose={onClose}>
      <QueryBoundary query={query} act="Loading the revision">
        {(revision) => <RevisionFacts revision={revision} />}
      </QueryBoundary>
    </Inspector>
  )
}

function RevisionFacts({ revision }: { readonly revision: Revision }) {
  return (
    <>
      <InspectorSection title="Applied" meta={<Age at={revision.createdAt} />}>
        <Link href={routes.changes({ plan: revision.planId })} className="text-accent hover:underline">
          The plan that made it
        </Link>
      </InspectorSection>
      <InspectorSection title="Against the one before" meta={revision.changes.length}>
        <ul className="flex flex-col gap-1">
          {revision.changes.map((change) => (
            <li key={`${change.kind}/${change.id}`} className="min-w-0">
              <span className="flex min-w-0 items-center gap-2">
                <ActionSign action={change.action} />
                <span className="shrink-0 text-dim">{objectKindWord[change.kind]}</span>
                <span className="min-w-0 truncate">{change.name}</span>
              </span>
              {change.action === 'change' && (
                <span className="block pl-5">
                  <FieldChanges action={change.action} fields={change.fields} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </InspectorSection>
    </>
  )
}
