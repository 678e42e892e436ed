'use client'

import { Plus } from 'lucide-react'

import { ListPane } from '@/components/design/ListPane'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { interfacesOf } from '@/server/core/topology/router-ports'
import type { ObjectOf } from '@/server/core/topology/topology'

import { InterfacesTable } from './InterfacesTable'
import { interfaceRows } from './router-rows'
import type { RouterViewState } from './use-router-view'

interface InterfacesPaneProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly state: RouterViewState
}

/** The subnets that the router joins. */
export function InterfacesPane({ index, router, state }: InterfacesPaneProps) {
  const total = interfacesOf(index.topology.ports, router.id).length
  const { q } = state.view
  const shown = interfaceRows(index, router.id, q)
  const add = (
    <Button
      variant={total === 0 ? 'primary' : 'secondary'}
      disabledReason={index.topology.subnets.length === 0 ? 'Create a subnet first.' : null}
      onClick={() => state.open('add-interface')}
    >
      <Plus aria-hidden />
      Add interface
    </Button>
  )
  return (
    <ListPane
      noun="interface"
      total={total}
      shown={shown.length}
      filter={q}
      onFilter={state.filter}
      searched="Networks, subnets, addresses, MACs, hosts and ids are searched."
      nothing={{
        title: 'It joins nothing yet',
        text: 'Add an interface for each subnet that it shall join. It has the subnet’s gateway address there, which guests send to what is elsewhere.',
        action: add,
      }}
      actions={add}
    >
      <InterfacesTable index={index} rows={shown} onRemove={state.removeInterface} />
    </ListPane>
  )
}
