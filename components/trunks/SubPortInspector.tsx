'use client'

import { ArrowRightLeft, Route } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DescriptionSection } from '@/components/networks/DescriptionSection'
import { deviceNames, objectFacts } from '@/components/networks/object-facts'
import { relatedGroups } from '@/components/networks/related-objects'
import { RelatedList } from '@/components/networks/RelatedList'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { PathLinks } from '@/components/topology/PathLinks'
import { buttonClass } from '@/components/ui/button-class'
import { Button } from '@/components/ui/Button'
import { PortFilterSection } from '@/components/security-groups/PortFilterSection'
import { KeyValue } from '@/components/ui/KeyValue'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

import type { TrunkViewState } from './use-trunk-view'

interface SubPortInspectorProps {
  readonly index: TopologyIndex
  readonly port: Port
  readonly state: TrunkViewState
  readonly lock: string | null
}

/** One subport: facts, devices, the paths that begin at it. */
export function SubPortInspector({ index, port, state, lock }: SubPortInspectorProps) {
  const object = { kind: 'port', item: port } as const
  const devices = deviceNames(index, object)
  return (
    <Inspector
      kind="subport"
      title={labelPort(index.topology, port)}
      onClose={() => state.select(null)}
      actions={
        <>
          <Button size="sm" disabledReason={lock} onClick={() => state.move(port.id)}>
            <ArrowRightLeft aria-hidden />
            Move
          </Button>
          <Link href={routes.path({ from: port.id })} className={buttonClass('secondary', 'sm')}>
            <Route aria-hidden />
            Path from here
          </Link>
        </>
      }
    >
      <InspectorSection title="Facts">
        <KeyValue items={objectFacts(index, object)} />
      </InspectorSection>
      <DescriptionSection topology={index.topology} object={object} />
      <PortFilterSection index={index} port={port} />
      <PathLinks index={index} object={object} />
      {devices.length > 0 && (
        <InspectorSection title="On the host">
          <KeyValue items={devices} />
        </InspectorSection>
      )}
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group}>
          <RelatedList related={related} />
        </InspectorSection>
      ))}
    </Inspector>
  )
}
