'use client'

import { Globe } from 'lucide-react'
import { useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import type { TopologyIndex } from '@/components/lib/topology-index'

import { floatingIpRows } from './floating-ip-rows'
import { FloatingIpDialogs } from './FloatingIpDialogs'
import { FloatingIpInspector } from './FloatingIpInspector'
import { FloatingIpsTable } from './FloatingIpsTable'
import { CreateFloatingIpForm } from './forms/CreateFloatingIpForm'
import { floatingIpsParams } from './view-params'

export function FloatingIpsPage() {
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(floatingIpsParams)
  const { floatingIps, portForwardings } = index.topology
  const shown = floatingIpRows(index, view.q)
  const selectedId = portForwardings.find(({ id }) => id === view.sel)?.floatingIpId ?? view.sel
  const selected = floatingIps.find(({ id }) => id === selectedId)
  const closeDialog = () => void setView({ new: null, port: null, edit: null, del: null })
  const afterDelete = (id: string) => void setView((before) => ({ del: null, sel: before.sel === id ? null : before.sel }))
  return (
    <ListPage
      kind="floatingIp"
      query={query}
      Icon={Globe}
      purpose="A floating IP is an address of an external network that a router translates to that of a port, both ways: the port is reached from outside by it. It needs an external network with a subnet, and a router that joins the port’s subnet with it."
      total={floatingIps.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Addresses, networks, projects, ports, routers, hosts, descriptions and ids are searched."
      onCreate={() => setView({ new: 'floatingIp' }, { history: 'push' })}
      whyNot={whyNot(index)}
      table={
        <FloatingIpsTable index={index} rows={shown} selectedId={selectedId} onSelect={(sel) => setView({ sel }, { history: 'push' })} />
      }
    >
      {selected && (
        <FloatingIpInspector
          index={index}
          floatingIp={selected}
          onClose={() => setView({ sel: null }, { history: 'push' })}
          onForward={() => setView({ new: 'portForwarding', sel: selected.id }, { history: 'push' })}
          onEdit={(edit) => setView({ edit, sel: selected.id }, { history: 'push' })}
          onDelete={(del) => setView({ del, sel: selected.id }, { history: 'push' })}
        />
      )}
      {view.new === 'floatingIp' && query.data && (
        <CreateFloatingIpForm
          index={index}
          portId={view.port ?? ''}
          onClose={closeDialog}
          onCreated={(sel) => setView({ new: null, port: null, sel })}
        />
      )}
      <FloatingIpDialogs index={index} view={view} selected={selected} onClose={closeDialog} onDeleted={afterDelete} />
    </ListPage>
  )
}

function whyNot({ topology }: TopologyIndex): string | null {
  if (topology.projects.length === 0) return 'Create a project first.'
  return topology.networks.some(({ isExternal }) => isExternal) ? null : 'Create an external network first, or switch it on at one.'
}
