'use client'

import { useQuery } from '@tanstack/react-query'
import { Split } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { matches } from '@/components/networks/matches'
import { useNavigate } from '@/components/lib/use-navigate'
import type { TrunkDetail } from '@/server/core/api-types'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { CreateTrunkForm } from './forms/CreateTrunkForm'
import { TrunksTable } from './TrunksTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString, parent: parseAsString }

export function TrunksPage() {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const list = useQuery(trpc.trunks.list.queryOptions())
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const trunks = list.data ?? []
  const shown = trunks.filter((trunk) => matches(view.q, wordsOf(index, trunk)))
  return (
    <ListPage
      kind="trunk"
      query={list.data ? query : list}
      act={list.data ? 'Loading the design' : 'Loading the trunks'}
      Icon={Split}
      purpose="A trunk lets a VM use several networks through one NIC: its own untagged, each other one as a VLAN of the guest. Make the trunk first, then boot the VM on its parent port."
      total={trunks.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Names, ids, states, ports, VMs and hosts are searched."
      onCreate={() => setView({ new: 'trunk' }, { history: 'push' })}
      whyNot={index.topology.networks.length === 0 ? 'Create a network first.' : null}
      table={<TrunksTable index={index} trunks={shown} />}
    >
      {view.new === 'trunk' && query.data && (
        <CreateTrunkForm
          index={index}
          parentId={view.parent}
          onClose={() => setView({ new: null, parent: null })}
          onCreated={(id) => navigate.replace(routes.trunk(id))}
        />
      )}
    </ListPage>
  )
}

function wordsOf(index: TopologyIndex, trunk: TrunkDetail): readonly string[] {
  const parent = index.port(trunk.portId)
  const vm = parent && index.vmOf(parent)
  return [
    labelTrunk(index.topology, trunk),
    trunk.id,
    trunk.status,
    trunk.portId,
    parent ? labelPort(index.topology, parent) : '',
    vm?.name ?? '',
    index.host(vm?.hostId ?? null)?.name ?? '',
  ]
}
