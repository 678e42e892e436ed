'use client'

import { Pencil, Plus } from 'lucide-react'

import { None } from '@/components/design/columns'
import { ListPane } from '@/components/design/ListPane'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { Button } from '@/components/ui/Button'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
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
  const shown = routes.filter(({ destination, nexthop }) => matches(q, [destination, nexthop]))
  const edit = () => state.open('edit-routes')
  const add = (
    <Button
      variant="primary"
      disabledReason={interfacesOf(index.topology.ports, router.id).length === 0 ? 'Add an interface first.' : null}
      onClick={edit}
    >
      <Plus aria-hidden />
      Add extra routes
    </Button>
  )
  return (
    <ListPane
      noun="extra route"
      total={routes.length}
      shown={shown.length}
      filter={q}
      onFilter={state.filter}
      searched="Destinations and next hops are searched."
      nothing={{
        title: 'No extra routes',
        text: 'The router knows its own subnets, and sends the rest to its gateway. An extra route is for what is behind a neighbour in one of its subnets, a VPN guest for example.',
        action: add,
      }}
      actions={
        <Button onClick={edit}>
          <Pencil aria-hidden />
          Edit extra routes
        </Button>
      }
    >
      <DataTable label="Extra routes" isVirtual columns={columnsOf(index, router)} rows={shown} rowKey={({ destination }) => destination} />
    </ListPane>
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
      cell: (route) => holderOf(route) ?? <None>no port of the design</None>,
    },
  ]
}
