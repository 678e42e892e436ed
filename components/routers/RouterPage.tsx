'use client'

import { DetailPage } from '@/components/design/DetailPage'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useDesignIndex } from '@/components/design/use-design-index'
import { Badge } from '@/components/ui/Badge'
import { Tabs } from '@/components/ui/Tabs'
import { floatingIpsOf } from '@/server/core/topology/floating-ips'
import { interfacesOf } from '@/server/core/topology/router-ports'
import type { ObjectOf } from '@/server/core/topology/topology'

import { InterfacesPane } from './InterfacesPane'
import { RouterDialogs } from './RouterDialogs'
import { RouterFacts } from './RouterFacts'
import { RouterFloatingIpsPane } from './RouterFloatingIpsPane'
import { RouterHostsPane } from './RouterHostsPane'
import { hostsOf } from './router-rows'
import { kindWord } from './router-words'
import { RoutesPane } from './RoutesPane'
import { useRouterView, type RouterViewState } from './use-router-view'

export function RouterPage({ routerId }: { readonly routerId: string }) {
  const { index, query } = useDesignIndex()
  const state = useRouterView()
  const router = index.router(routerId)
  return (
    <DetailPage
      kind="router"
      index={index}
      query={query}
      object={router && { kind: 'router', item: router }}
      list={routes.routers()}
      meta={
        router && (
          <>
            <Badge>{kindWord(router)}</Badge>
            {!router.isAdminStateUp && <Badge status="warn">admin state down</Badge>}
          </>
        )
      }
      state={state}
    >
      {router && (
        <>
          <RouterFacts index={index} router={router} />
          <RouterTabs index={index} router={router} state={state} />
          <RouterDialogs index={index} router={router} state={state} />
        </>
      )}
    </DetailPage>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly state: RouterViewState
}

function RouterTabs({ index, router, state }: PartProps) {
  return (
    <Tabs
      label={`Router ${router.name}`}
      value={state.view.tab}
      onValueChange={state.showTab}
      tabs={[
        {
          value: 'interfaces',
          label: 'Interfaces',
          count: interfacesOf(index.topology.ports, router.id).length,
          content: <InterfacesPane index={index} router={router} state={state} />,
        },
        {
          value: 'floating-ips',
          label: 'Floating IPs',
          count: floatingIpsOf(index.topology.floatingIps, router.id).length,
          content: <RouterFloatingIpsPane index={index} router={router} />,
        },
        {
          value: 'routes',
          label: 'Extra routes',
          count: router.routes.length,
          content: <RoutesPane index={index} router={router} state={state} />,
        },
        {
          value: 'hosts',
          label: 'Hosts',
          count: hostsOf(index, router).length,
          content: <RouterHostsPane index={index} router={router} />,
        },
      ]}
    />
  )
}
