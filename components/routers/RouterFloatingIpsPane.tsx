'use client'

import { Globe } from 'lucide-react'
import Link from 'next/link'

import { floatingIpRows } from '@/components/floating-ips/floating-ip-rows'
import { FloatingIpsTable } from '@/components/floating-ips/FloatingIpsTable'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import type { ObjectOf } from '@/server/core/topology/topology'

interface RouterFloatingIpsPaneProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
}

/** The addresses of its gateway network that it translates. */
export function RouterFloatingIpsPane({ index, router }: RouterFloatingIpsPaneProps) {
  const navigate = useNavigate()
  const rows = floatingIpRows(index, '', router.id)
  if (rows.length === 0) {
    const open = (
      <Link href={routes.floatingIps()} className={buttonClass('secondary')}>
        <Globe aria-hidden />
        All floating IPs
      </Link>
    )
    return (
      <EmptyState title="It translates no floating IP" action={open}>
        {router.gateway === null
          ? 'It has no gateway yet, and floating IPs are addresses of the network that it leads out by.'
          : 'Lead a floating IP to a port in one of its networks: the port is reached from outside by it then.'}
      </EmptyState>
    )
  }
  return (
    <div className="h-full bg-panel">
      <FloatingIpsTable
        index={index}
        rows={rows}
        selectedId={null}
        onSelect={(id) => navigate.push(routes.floatingIps({ selected: id }))}
      />
    </div>
  )
}
