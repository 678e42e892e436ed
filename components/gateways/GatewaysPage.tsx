'use client'

import { Cloud } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'

import { CreateGatewayForm } from './forms/CreateGatewayForm'
import { gatewayRows } from './gateway-rows'
import { GatewaysTable } from './GatewaysTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString }

export function GatewaysPage() {
  const navigate = useNavigate()
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const shown = gatewayRows(index, view.q)
  return (
    <ListPage
      kind="gatewayCluster"
      query={query}
      Icon={Cloud}
      purpose="A gateway cluster leads floating IPs, and VMs without one, out of the cloud in place of the hosts of the VMs: these spend no external address, and no member is a single point of failure. It needs hosts with the role gateway, and an external network with BGP routers in it."
      total={index.topology.gatewayClusters.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Names, ids, VIPs, clouds, networks, members, peers, pools and descriptions are searched."
      onCreate={() => setView({ new: 'gatewayCluster' }, { history: 'push' })}
      whyNot={whyNot(index)}
      table={<GatewaysTable index={index} rows={shown} />}
    >
      {view.new === 'gatewayCluster' && query.data && (
        <CreateGatewayForm index={index} onClose={() => setView({ new: null })} onCreated={(id) => navigate.replace(routes.gateway(id))} />
      )}
    </ListPage>
  )
}

function whyNot({ topology }: TopologyIndex): string | null {
  if (!topology.networks.some(({ isExternal }) => isExternal)) return 'Create an external network first, or switch it on at one.'
  return topology.hosts.some(({ roles }) => roles.includes('gateway')) ? null : 'Give a host the role gateway first, on its settings.'
}
