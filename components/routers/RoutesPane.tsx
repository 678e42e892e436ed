'use client'

import { Pencil, Plus } from 'lucide-react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { Button } from '@/components/ui/Button'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { Mono } from '@/components/ui/Mono'
import { NoMatch } from '@/components/ui/NoMatch'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { RouterRoute } from '@/server/core/topology/kinds/router/router'
import { interfacesOf } from '@/server/core/topology/router-ports'
import type { ObjectOf } from '@/server/core/topology/topology'

import { nextHopPort } from './next-hop'
import type { RouterViewState } from './use-router-view'

interface RoutesPaneProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly state: RouterViewState
}

/** Ways to what is in no subnet of the router. */
export function RoutesPane({ index, router, state }: RoutesPaneProps) {
  const { routes } = router
  const { q } = state.view
  if (routes.length === 0) {
    const add = (
      <Button
        variant="primary"
        disabledReason={interfacesOf(index.topology.ports, router.id).length === 0 ? 'Add an interface first.' : null}
        onClick={() => state.open('edit-routes')}
      >
        <Plus aria-hidden />
        Add extra routes
      </Button>
    )
    return (
      <EmptyState title="No extra routes" action={add}>
        The router knows its own subnets, and sends the rest to its gateway. An extra route is for what is behind a neighbour in one of its
        subnets, a VPN guest for example.
      </EmptyState>
    )
  }
  const shown = routes.filter(({ destination, nexthop }) => matches(q, [destination, nexthop]))
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label="Filter extra routes" value={q} onValueChange={state.filter} count={`${shown.length} of ${routes.length}`} />
        <div className="ml-auto flex items-center gap-2">
          <Button onClick={() => state.open('edit-routes')}>
            <Pencil aria-hidden />
            Edit extra routes
          </Button>
        </div>
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 ? (
          <NoMatch noun="route" filter={q} onClear={() => state.filter('')} searched="Destinations and next hops are searched." />
        ) : (
          <DataTable
            label="Extra routes"
            isVirtual
            columns={columnsOf(index, router)}
            rows={shown}
            rowKey={({ destination }) => destination}
          />
        )}
      </div>
    </div>
  )
}

function columnsOf(index: TopologyIndex, router: ObjectOf['router']): readonly Column<RouterRoute>[] {
  const holderOf = ({ nexthop }: RouterRoute) => {
    const port = nextHopPort(index, router, nexthop)
    return port && labelPort(index.topology, port)
  }
  return [
    {
      key: 'destination',
      header: 'Destination',
      width: '32%',
      sortBy: ({ destination }) => destination,
      cell: ({ destination }) => <Mono value={destination} canCopy />,
    },
    {
      key: 'nexthop',
      header: 'Next hop',
      width: '24%',
      sortBy: ({ nexthop }) => nexthop,
      cell: ({ nexthop }) => <Mono value={nexthop} canCopy />,
    },
    {
      key: 'holder',
      header: 'Who has it',
      sortBy: holderOf,
      cell: (route) => holderOf(route) ?? <span className="text-faint">no port of the design</span>,
    },
  ]
}
