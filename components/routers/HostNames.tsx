import Link from 'next/link'
import type { ReactNode } from 'react'

import { routes } from '@/components/lib/routes'
import { plural } from '@/server/core/explain/words'
import type { Host } from '@/server/core/topology/kinds/host/host'

interface HostNamesProps {
  readonly hosts: readonly Host[]
  /** Instead of hosts, where there are none. */
  readonly nowhere: ReactNode
}

/** More than these are counted; the title names them. */
const FEW = 2

/** The hosts that something stands on, a link each. */
export function HostNames({ hosts, nowhere }: HostNamesProps) {
  if (hosts.length === 0) return nowhere
  if (hosts.length > FEW) return <span title={hosts.map(({ name }) => name).join(', ')}>{plural(hosts.length, 'host')}</span>
  return (
    <span className="flex min-w-0 gap-x-2">
      {hosts.map(({ id, name }) => (
        <Link key={id} href={routes.host(id)} title={name} className="truncate text-accent hover:underline">
          {name}
        </Link>
      ))}
    </span>
  )
}
