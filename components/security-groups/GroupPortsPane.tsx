'use client'

import { Plug, Plus } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import type { Port } from '@/server/core/topology/kinds/port/port'

import { GroupPortsTable } from './GroupPortsTable'
import { filterPortsIn } from './security-group-rows'
import type { SecurityGroupViewState } from './use-security-group-view'

interface GroupPortsPaneProps {
  readonly index: TopologyIndex
  readonly ports: readonly Port[]
  readonly state: SecurityGroupViewState
}

/** Whom the rules are for. */
export function GroupPortsPane({ index, ports, state }: GroupPortsPaneProps) {
  const { q } = state.view
  const shown = filterPortsIn(index, ports, q)
  const open = (
    <Link href={routes.networks({ tab: 'ports' })} className={buttonClass('secondary')}>
      <Plug aria-hidden />
      All ports
    </Link>
  )
  const add = (
    <Button variant={ports.length === 0 ? 'primary' : 'secondary'} onClick={() => state.open('add-ports')}>
      <Plus aria-hidden />
      Add ports
    </Button>
  )
  if (ports.length === 0) {
    return (
      <EmptyState
        title="No port is in it"
        action={
          <>
            {open}
            {add}
          </>
        }
      >
        The rules concern nobody yet. Add ports that are there, or choose the group for a new VM.
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label="Filter ports" value={q} onValueChange={state.filter} count={`${shown.length} of ${ports.length}`} />
        <div className="ml-auto flex items-center gap-2">
          {open}
          {add}
        </div>
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 ? (
          <NoMatch
            noun="port"
            filter={q}
            onClear={() => state.filter('')}
            searched="Names, ids, networks, VMs, hosts, MACs and addresses are searched."
          />
        ) : (
          <GroupPortsTable index={index} ports={shown} />
        )}
      </div>
    </div>
  )
}
