'use client'

import { Router } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'

import { CreateRouterForm } from './forms/CreateRouterForm'
import { routerRows } from './router-rows'
import { RoutersTable } from './RoutersTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString }

export function RoutersPage() {
  const navigate = useNavigate()
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const { projects, routers } = index.topology
  const shown = routerRows(index, view.q)
  return (
    <ListPage
      kind="router"
      query={query}
      Icon={Router}
      purpose="Without a router each network is an island. A router joins subnets of several networks, and these with the outside by an external network: create one, then add an interface for each subnet."
      total={routers.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Names, ids, projects, kinds, hosts, gateway networks and addresses are searched."
      onCreate={() => setView({ new: 'router' }, { history: 'push' })}
      whyNot={projects.length === 0 ? 'Create a project first.' : null}
      table={<RoutersTable index={index} rows={shown} />}
    >
      {view.new === 'router' && query.data && (
        <CreateRouterForm index={index} onClose={() => setView({ new: null })} onCreated={(id) => navigate.replace(routes.router(id))} />
      )}
    </ListPage>
  )
}
