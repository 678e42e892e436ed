'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus, Split } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import type { TrunkDetail } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { CreateTrunkForm } from './forms/CreateTrunkForm'
import { TrunksTable } from './TrunksTable'
import { useDesignIndex } from './use-design-index'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString, parent: parseAsString }

export function TrunksPage() {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const query = useQuery(trpc.trunks.list.queryOptions())
  const design = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const trunks = query.data ?? []
  const shown = trunks.filter((trunk) => matches(design.index, trunk, view.q))
  const create = (
    <Button
      variant="primary"
      disabledReason={design.index.topology.networks.length === 0 ? 'Create a network first.' : null}
      onClick={() => setView({ new: 'trunk' }, { history: 'push' })}
    >
      <Plus aria-hidden />
      Create trunk
    </Button>
  )
  return (
    <Page
      title="Trunks"
      meta={trunks.length > 0 && plural(trunks.length, 'trunk')}
      filter={
        <FilterInput
          label="Filter trunks"
          value={view.q}
          onValueChange={(q) => setView({ q })}
          count={`${shown.length} of ${trunks.length}`}
        />
      }
      actions={trunks.length > 0 && create}
      isFlush
    >
      <QueryBoundary query={design.query} act="Loading the design">
        {() => (
          <QueryBoundary query={query} act="Loading the trunks">
            {() =>
              trunks.length === 0 ? (
                <EmptyState Icon={Split} title="No trunks yet" action={create}>
                  A trunk lets a VM use several networks through one NIC: its own untagged, each other one as a VLAN of the guest. Make the
                  trunk first, then boot the VM on its parent port.
                </EmptyState>
              ) : shown.length === 0 ? (
                <NoMatch
                  noun="trunk"
                  filter={view.q}
                  onClear={() => setView({ q: '' })}
                  searched="Names, ids, states, ports, VMs and hosts are searched."
                />
              ) : (
                <div className="min-h-0 flex-1 bg-panel">
                  <TrunksTable index={design.index} trunks={shown} />
                </div>
              )
            }
          </QueryBoundary>
        )}
      </QueryBoundary>
      {view.new === 'trunk' && design.query.data && (
        <CreateTrunkForm
          index={design.index}
          parentId={view.parent}
          onClose={() => setView({ new: null, parent: null })}
          onCreated={(id) => navigate.replace(routes.trunk(id))}
        />
      )}
    </Page>
  )
}

function matches(index: TopologyIndex, trunk: TrunkDetail, filter: string): boolean {
  const parent = index.port(trunk.portId)
  const vm = parent && index.vmOf(parent)
  const words = [
    labelTrunk(index.topology, trunk),
    trunk.id,
    trunk.status,
    trunk.portId,
    parent && labelPort(index.topology, parent),
    vm?.name,
    index.host(vm?.hostId ?? null)?.name,
  ]
  return words.join(' ').toLowerCase().includes(filter.trim().toLowerCase())
}
