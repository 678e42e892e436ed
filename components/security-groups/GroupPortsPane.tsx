'use client'

import { Plug, Plus } from 'lucide-react'
import Link from 'next/link'

import { ListPane } from '@/components/design/ListPane'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
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
  const actions = (
    <>
      {open}
      {add}
    </>
  )
  return (
    <ListPane
      noun="port"
      total={ports.length}
      shown={shown.length}
      filter={q}
      onFilter={state.filter}
      searched="Names, ids, networks, VMs, hosts, MACs and addresses are searched."
      nothing={{
        title: 'No port is in it',
        text: 'The rules concern nobody yet. Add ports that are there, or choose the group for a new VM.',
        action: actions,
      }}
      actions={actions}
    >
      <GroupPortsTable index={index} ports={shown} />
    </ListPane>
  )
}
