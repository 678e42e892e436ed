'use client'

import { Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { describeRemoval } from '@/components/networks/removal'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/trunks/use-design-index'
import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { Tabs } from '@/components/ui/Tabs'
import { floatingIpsOf } from '@/server/core/topology/floating-ips'
import { interfacesOf } from '@/server/core/topology/router-ports'
import type { ObjectOf } from '@/server/core/topology/topology'

import { InterfacesPane } from './InterfacesPane'
import { RouterDialogs } from './RouterDialogs'
import { RouterFacts } from './RouterFacts'
import { RouterFloatingIpsPane } from './RouterFloatingIpsPane'
import { RouterHostsPane } from './RouterHostsPane'
import { hostsOf, kindWord } from './router-rows'
import { RoutesPane } from './RoutesPane'
import { useRouterView, type RouterViewState } from './use-router-view'

export function RouterPage({ routerId }: { readonly routerId: string }) {
  const { index, query } = useDesignIndex()
  const state = useRouterView()
  const router = index.router(routerId)
  return (
    <Page
      title={router?.name ?? 'Router'}
      parent={{ label: 'Routers', href: routes.routers() }}
      meta={
        router && (
          <>
            <Badge>{kindWord(router)}</Badge>
            {!router.isAdminStateUp && <Badge status="warn">admin state down</Badge>}
          </>
        )
      }
      actions={router && <Actions index={index} router={router} state={state} />}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() =>
          router ? (
            <>
              <RouterFacts index={index} router={router} />
              <RouterTabs index={index} router={router} state={state} />
              <RouterDialogs index={index} router={router} state={state} />
            </>
          ) : (
            <NotThere />
          )
        }
      </QueryBoundary>
    </Page>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly state: RouterViewState
}

function NotThere() {
  const list = (
    <Link href={routes.routers()} className={buttonClass('secondary')}>
      All routers
    </Link>
  )
  return (
    <EmptyState title="This router does not exist, or no longer" action={list}>
      Somebody deleted it, or the address is not whole.
    </EmptyState>
  )
}

function Actions({ index, router, state }: PartProps) {
  const { refusal } = describeRemoval(index, { kind: 'router', item: router })
  return (
    <>
      <Button onClick={() => state.open('edit')}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button variant="danger" aria-label="Delete router" disabledReason={refusal} onClick={() => state.open('delete')}>
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  )
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
