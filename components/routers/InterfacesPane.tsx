'use client'

import { Plus } from 'lucide-react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
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
  if (total === 0) {
    return (
      <EmptyState title="It joins nothing yet" action={add}>
        Add an interface for each subnet that it shall join. It has the subnet’s gateway address there, which guests send to what is
        elsewhere.
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label="Filter interfaces" value={q} onValueChange={state.filter} count={`${shown.length} of ${total}`} />
        <div className="ml-auto flex items-center gap-2">{add}</div>
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 ? (
          <NoMatch
            noun="interface"
            filter={q}
            onClear={() => state.filter('')}
            searched="Networks, subnets, addresses, MACs, hosts and ids are searched."
          />
        ) : (
          <InterfacesTable index={index} rows={shown} onRemove={state.removeInterface} />
        )}
      </div>
    </div>
  )
}
