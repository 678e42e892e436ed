'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/design/use-design-index'
import { Badge } from '@/components/ui/Badge'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { Mono } from '@/components/ui/Mono'
import { explainNoWays, explainWayStep } from '@/server/core/explain/ways'
import { plural } from '@/server/core/explain/words'
import { floatingAddress } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import { printedModes } from '@/server/core/topology/kinds/router/router-print'
import type { Ways, WayRow } from '@/server/core/ways/compare-ways'

import { WayRowView } from './WayRowView'

/** How one floating IP is led out, by hand and as Neutron does it, step by step. */
export function WaysPage({ floatingIpId }: { readonly floatingIpId: string }) {
  const trpc = useTRPC()
  const { index } = useDesignIndex()
  const query = useQuery(trpc.floatingIps.ways.queryOptions({ id: floatingIpId }))
  const floatingIp = index.topology.floatingIps.find(({ id }) => id === floatingIpId)
  const ways = typeof query.data === 'object' ? query.data : null
  return (
    <Page
      title={(floatingIp && floatingAddress(index.topology, floatingIp)) ?? 'Floating IP'}
      parent={{ label: 'Floating IPs', href: routes.floatingIps({ selected: floatingIpId }) }}
      meta={ways && <Badge>led out {printedModes[ways.router.floatingIpMode]}</Badge>}
    >
      <QueryBoundary query={query} act="Comparing the two ways">
        {(data) =>
          typeof data === 'string' ? <Nothing floatingIpId={floatingIpId} reason={explainNoWays(data)} /> : <Comparison ways={data} />
        }
      </QueryBoundary>
    </Page>
  )
}

function Nothing({ floatingIpId, reason }: { readonly floatingIpId: string; readonly reason: string }) {
  const back = (
    <Link href={routes.floatingIps({ selected: floatingIpId })} className={buttonClass('secondary')}>
      The floating IP
    </Link>
  )
  return (
    <EmptyState title="Nothing to compare" action={back}>
      {reason}
    </EmptyState>
  )
}

function Comparison({ ways }: { readonly ways: Ways }) {
  const { address, fixedAddress, router, host, routerRows, floatingIpRows } = ways
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-5xl text-dim">
        What leads <Mono value={address} /> to <Mono value={fixedAddress} /> by router{' '}
        <TextLink href={routes.router(router.id)}>{router.name}</TextLink> on host{' '}
        <TextLink href={routes.host(host.id)}>{host.name}</TextLink>, as somebody would type it there: by hand, as the article “Human
        Defined DVR” shows it, and as Neutron does it today. A plan of this console runs the same in batches, in the way that the router
        has. The way is a field of the router, and one plan leads from one to the other.
      </p>
      <Differences rows={[...floatingIpRows, ...routerRows]} />
      <Steps title="The floating IP" rows={floatingIpRows} />
      <Steps title="Before it: the router on this host" rows={routerRows} />
    </div>
  )
}

function Differences({ rows }: { readonly rows: readonly WayRow[] }) {
  const differing = rows.filter(({ step }) => explainWayStep(step).differs !== null)
  return (
    <nav aria-label="What differs" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <span className="text-faint">
        {differing.length} of {plural(rows.length, 'step')} differ:
      </span>
      {differing.map(({ step }) => (
        <a key={step} href={`#${step}`} className="text-accent hover:underline">
          {explainWayStep(step).title}
        </a>
      ))}
    </nav>
  )
}

const TextLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <Link href={href} className="text-accent hover:underline">
    {children}
  </Link>
)

function Steps({ title, rows }: { readonly title: string; readonly rows: readonly WayRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="mb-2 text-base">{title}</h2>
      <ol className="flex flex-col gap-3">
        {rows.map((row) => (
          <WayRowView key={row.step} row={row} />
        ))}
      </ol>
    </section>
  )
}
