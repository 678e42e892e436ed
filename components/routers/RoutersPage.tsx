'use client'

import { Plus, Router } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/trunks/use-design-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { plural } from '@/server/core/explain/words'

import { CreateRouterForm } from './forms/CreateRouterForm'
import { routerRows } from './router-rows'
import { RoutersTable } from './RoutersTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString }

export function RoutersPage() {
  const navigate = useNavigate()
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const total = index.topology.routers.length
  const shown = routerRows(index, view.q)
  const create = (
    <Button
      variant="primary"
      disabledReason={index.topology.projects.length === 0 ? 'Create a project first.' : null}
      onClick={() => setView({ new: 'router' }, { history: 'push' })}
    >
      <Plus aria-hidden />
      Create router
    </Button>
  )
  return (
    <Page
      title="Routers"
      meta={total > 0 && plural(total, 'router')}
      filter={
        <FilterInput label="Filter routers" value={view.q} onValueChange={(q) => setView({ q })} count={`${shown.length} of ${total}`} />
      }
      actions={total > 0 && create}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() =>
          total === 0 ? (
            <EmptyState Icon={Router} title="No routers yet" action={create}>
              Without a router each network is an island. A router joins subnets of several networks, and these with the outside by an
              external network: create one, then add an interface for each subnet.
            </EmptyState>
          ) : shown.length === 0 ? (
            <NoMatch
              noun="router"
              filter={view.q}
              onClear={() => setView({ q: '' })}
              searched="Names, ids, projects, kinds, hosts, gateway networks and addresses are searched."
            />
          ) : (
            <div className="min-h-0 flex-1 bg-panel">
              <RoutersTable index={index} rows={shown} />
            </div>
          )
        }
      </QueryBoundary>
      {view.new === 'router' && query.data && (
        <CreateRouterForm index={index} onClose={() => setView({ new: null })} onCreated={(id) => navigate.replace(routes.router(id))} />
      )}
    </Page>
  )
}
