'use client'

import { Plus, Globe } from 'lucide-react'
import { useQueryStates } from 'nuqs'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/trunks/use-design-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { plural } from '@/server/core/explain/words'

import { floatingIpRows } from './floating-ip-rows'
import { FloatingIpInspector } from './FloatingIpInspector'
import { FloatingIpsTable } from './FloatingIpsTable'
import { CreateFloatingIpForm } from './forms/CreateFloatingIpForm'
import { EditFloatingIpForm } from './forms/EditFloatingIpForm'
import { floatingIpsParams } from './view-params'

export function FloatingIpsPage() {
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(floatingIpsParams)
  const total = index.topology.floatingIps.length
  const shown = floatingIpRows(index, view.q)
  const create = (
    <Button variant="primary" disabledReason={whyNot(index)} onClick={() => setView({ new: 'floatingIp' }, { history: 'push' })}>
      <Plus aria-hidden />
      Create floating IP
    </Button>
  )
  const find = (id: string | null) => index.topology.floatingIps.find((each) => each.id === id)
  const [selected, edited, deleted] = [find(view.sel), find(view.edit), find(view.del)]
  const closeDialog = () => void setView({ new: null, port: null, edit: null, del: null })
  return (
    <Page
      title="Floating IPs"
      meta={total > 0 && plural(total, 'floating IP')}
      filter={
        <FilterInput
          label="Filter floating IPs"
          value={view.q}
          onValueChange={(q) => setView({ q })}
          count={`${shown.length} of ${total}`}
        />
      }
      actions={total > 0 && create}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() =>
          total === 0 ? (
            <EmptyState Icon={Globe} title="No floating IPs yet" action={create}>
              A floating IP is an address of an external network that a router translates to that of a port, both ways: the port is reached
              from outside by it. It needs an external network with a subnet, and a router that joins the port’s subnet with it.
            </EmptyState>
          ) : shown.length === 0 ? (
            <NoMatch
              noun="floating IP"
              filter={view.q}
              onClear={() => setView({ q: '' })}
              searched="Addresses, networks, projects, ports, routers, hosts, descriptions and ids are searched."
            />
          ) : (
            <div className="min-h-0 flex-1 bg-panel">
              <FloatingIpsTable
                index={index}
                rows={shown}
                selectedId={view.sel}
                onSelect={(sel) => setView({ sel }, { history: 'push' })}
              />
            </div>
          )
        }
      </QueryBoundary>
      {selected && (
        <FloatingIpInspector
          index={index}
          floatingIp={selected}
          onClose={() => setView({ sel: null }, { history: 'push' })}
          onEdit={() => setView({ edit: selected.id }, { history: 'push' })}
          onDelete={() => setView({ del: selected.id }, { history: 'push' })}
        />
      )}
      {view.new && query.data && (
        <CreateFloatingIpForm
          index={index}
          portId={view.port ?? ''}
          onClose={closeDialog}
          onCreated={(sel) => setView({ new: null, port: null, sel })}
        />
      )}
      {edited && <EditFloatingIpForm index={index} floatingIp={edited} onClose={closeDialog} />}
      {deleted && (
        <DeleteDialog
          index={index}
          id={deleted.id}
          object={{ kind: 'floatingIp', item: deleted }}
          onClose={closeDialog}
          onDeleted={() => setView((before) => ({ del: null, sel: before.sel === deleted.id ? null : before.sel }))}
        />
      )}
    </Page>
  )
}

function whyNot({ topology }: TopologyIndex): string | null {
  if (topology.projects.length === 0) return 'Create a project first.'
  return topology.networks.some(({ isExternal }) => isExternal) ? null : 'Create an external network first, or switch it on at one.'
}
