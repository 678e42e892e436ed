'use client'

import { Globe, Plus } from 'lucide-react'
import Link from 'next/link'

import { floatingIpRows, type FloatingIpRow } from '@/components/floating-ips/floating-ip-rows'
import { routes } from '@/components/lib/routes'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { ChangeMark } from '@/components/networks/ChangeMark'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { groupBy } from '@/server/core/group-by'
import type { Network } from '@/server/core/topology/kinds/network/network'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

interface FloatingIpsInspectorProps {
  readonly index: TopologyIndex
  readonly network: Network
  readonly onClose: () => void
}

const NO_ROUTER = 'Lead to nobody yet'

/** The floating IPs of an external network, by the router that translates them: the drawing only counts them. */
export function FloatingIpsInspector({ index, network, onClose }: FloatingIpsInspectorProps) {
  const rows = floatingIpRows(index, '').filter(({ floatingIp }) => floatingIp.networkId === network.id)
  const byRouter = groupBy(rows, ({ router }) => (router ? `By ${router.name}` : NO_ROUTER))
  return (
    <Inspector
      kind="Floating IPs"
      title={network.name}
      onClose={onClose}
      actions={
        <>
          <Link href={routes.floatingIps({ filter: network.name })} className={buttonClass('secondary', 'sm')}>
            <Globe aria-hidden /> Open the list
          </Link>
          <Link href={routes.floatingIps({ isCreating: true })} className={buttonClass('secondary', 'sm')}>
            <Plus aria-hidden /> Floating IP
          </Link>
        </>
      }
    >
      {[...byRouter].map(([title, members]) => (
        <InspectorSection key={title} title={title} meta={members.length}>
          <ul className="flex flex-col">
            {members.map((row) => (
              <Row key={row.floatingIp.id} index={index} row={row} />
            ))}
          </ul>
        </InspectorSection>
      ))}
    </Inspector>
  )
}

function Row({ index, row: { floatingIp, address, fixedPort } }: { readonly index: TopologyIndex; readonly row: FloatingIpRow }) {
  const to = fixedPort && labelPort(index.topology, fixedPort)
  return (
    <li>
      <Link
        href={routes.floatingIps({ selected: floatingIp.id })}
        className="-mx-1 flex h-7 min-w-0 items-center gap-2 rounded-sm px-1 hover:bg-hover"
      >
        <ChangeMark action={index.actionOf(floatingIp.id)} />
        <span className="shrink-0 font-mono text-sm">{address}</span>
        <span className="ml-auto min-w-0 truncate text-sm text-faint" title={to && fixedPort && `${to} ${addressText(fixedPort)}`}>
          {to ?? 'nobody'}
        </span>
      </Link>
    </li>
  )
}
