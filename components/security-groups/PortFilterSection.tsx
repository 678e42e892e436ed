'use client'

import { ShieldCheck } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { StatusMark } from '@/components/ui/StatusMark'
import { filteringAdvice, filteringOf, filteringWords } from '@/server/core/explain/port-filtering'
import type { Port } from '@/server/core/topology/kinds/port/port'

import { filteringStatus } from './PortFilterMark'

interface PortFilterSectionProps {
  readonly index: TopologyIndex
  readonly port: Port
  /** That nothing filters tagged frames stands elsewhere on the page. */
  readonly isTagTold?: boolean
}

/** Why no security group filters a port, and the way into one. Of a port that is filtered, its groups say all there is. */
export function PortFilterSection({ index, port, isTagTold = false }: PortFilterSectionProps) {
  const filtering = filteringOf(index.topology, port)
  if (filtering === 'groups' || filtering === 'service' || (filtering === 'tagged' && isTagTold)) return null
  return (
    <InspectorSection title="Filter">
      <StatusMark status={filteringStatus[filtering]} label={filteringWords[filtering]} />
      <p className="mt-1 text-dim">{filteringAdvice[filtering]}</p>
      {filtering !== 'tagged' && (
        <Link
          href={routes.networks({ tab: 'ports', selected: port.id, edited: port.id })}
          className={`${buttonClass('secondary', 'sm')} mt-2`}
        >
          <ShieldCheck aria-hidden />
          Choose security groups
        </Link>
      )}
    </InspectorSection>
  )
}
