'use client'

import { useQuery } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo, type ReactNode } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { EmptyState } from '@/components/ui/EmptyState'
import type { HostInside } from '@/server/core/api-types'

import { indexInside } from './inside-items'
import { InsideDrawing } from './InsideDrawing'
import { InsideInspector } from './InsideInspector'
import { InsideViewProvider } from './use-inside-view'

interface InsidePaneProps {
  readonly hostId: string
  /** The host is not reached now: what was read is shown as the past it is. */
  readonly isPast: boolean
  /** Reads the host; shown while there is no reading. */
  readonly readAction: ReactNode
}

export function InsidePane({ hostId, isPast, readAction }: InsidePaneProps) {
  const trpc = useTRPC()
  const query = useQuery(trpc.hosts.inside.queryOptions({ id: hostId }))
  return (
    <QueryBoundary query={query} act="Loading the last reading">
      {(inside) =>
        inside.observedAt === null ? (
          <EmptyState Icon={Boxes} title="Not read yet" action={readAction}>
            One reading takes a second or two: namespaces, bridges, ports, flows, rules and VMs, without changing anything.
          </EmptyState>
        ) : (
          <InsideCanvas inside={inside} isPast={isPast} />
        )
      }
    </QueryBoundary>
  )
}

interface InsideCanvasProps {
  readonly inside: HostInside
  readonly isPast?: boolean
}

export function InsideCanvas({ inside, isPast = false }: InsideCanvasProps) {
  const [selectedId, setSelected] = useQueryState('sel', parseAsString.withOptions({ history: 'push' }))
  const index = useMemo(() => indexInside(inside), [inside])
  const item = selectedId === null ? undefined : index.get(selectedId)
  const select = (id: string | null) => void setSelected(id)
  return (
    <InsideViewProvider index={index} selectedId={selectedId} onSelect={select}>
      <div
        className={isPast ? 'p-4 opacity-65 saturate-0' : 'p-4'}
        title={isPast ? 'As of the last reading; the host is not reached now' : undefined}
      >
        <InsideDrawing inside={inside} />
      </div>
      {item && <InsideInspector index={index} item={item} onSelect={select} />}
    </InsideViewProvider>
  )
}
