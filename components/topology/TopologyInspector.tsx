'use client'

import { Pencil, Plus, Route, Router, Split, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { DescriptionSection } from '@/components/networks/DescriptionSection'
import { objectFacts } from '@/components/networks/object-facts'
import { relatedGroups } from '@/components/networks/related-objects'
import { RelatedList } from '@/components/networks/RelatedList'
import { describeRemoval, kindWord } from '@/components/networks/removal'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { PortFilterSection } from '@/components/security-groups/PortFilterSection'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { KeyValue } from '@/components/ui/KeyValue'
import { isFloatingPort } from '@/server/core/topology/floating-ips'
import { labelOf } from '@/server/core/topology/kinds/kinds'

import { PathLinks } from './PathLinks'
import type { TopologyViewState } from './topology-view'

interface TopologyInspectorProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: ShownObject
  readonly state: TopologyViewState
}

/** Facts, what hangs together with it both ways, and the paths that begin at it. */
export function TopologyInspector({ index, id, object, state }: TopologyInspectorProps) {
  const { refusal, verb } = describeRemoval(index, object)
  return (
    <Inspector
      kind={kindWord(object)}
      title={labelOf(index.topology, object)}
      onClose={() => state.select(null)}
      actions={
        <>
          {object.kind === 'network' && (
            <>
              <Button size="sm" onClick={() => state.create('subnet', id)}>
                <Plus aria-hidden /> Subnet
              </Button>
              <Button size="sm" onClick={() => state.create('vm', id)}>
                <Plus aria-hidden /> VM
              </Button>
            </>
          )}
          {object.kind === 'vm' && (
            <Button size="sm" onClick={() => state.edit(id)}>
              <Pencil aria-hidden /> Edit
            </Button>
          )}
          {object.kind === 'router' && (
            <Link href={routes.router(id)} className={buttonClass('secondary', 'sm')}>
              <Router aria-hidden /> Open router
            </Link>
          )}
          {object.kind === 'trunk' && (
            <Link href={routes.trunk(id)} className={buttonClass('secondary', 'sm')}>
              <Split aria-hidden /> Open trunk
            </Link>
          )}
          {object.kind === 'port' && !isFloatingPort(object.item) && (
            <Link href={routes.path({ from: id })} className={buttonClass('secondary', 'sm')}>
              <Route aria-hidden /> Path from here
            </Link>
          )}
          <Button
            size="sm"
            variant="danger"
            className="ml-auto"
            aria-label={verb}
            disabledReason={refusal}
            onClick={() => state.remove(id)}
          >
            <Trash2 aria-hidden /> Delete
          </Button>
        </>
      }
    >
      <InspectorSection title="Facts">
        <KeyValue items={objectFacts(index, object)} />
      </InspectorSection>
      <DescriptionSection topology={index.topology} object={object} />
      {object.kind === 'port' && <PortFilterSection index={index} port={object.item} />}
      <PathLinks index={index} object={object} />
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group} meta={related.length > 1 ? related.length : undefined}>
          <RelatedList related={related} hrefOf={(each) => hrefHere(index, each)} />
        </InspectorSection>
      ))}
    </Inspector>
  )
}

/** What is drawn here is selected here; the rest opens where it lives. */
function hrefHere(index: TopologyIndex, id: string): string | null {
  const kind = index.objects.get(id)?.kind
  return kind === 'network' || kind === 'subnet' || kind === 'vm' || kind === 'port' || kind === 'router'
    ? routes.topology({ selected: id })
    : null
}
