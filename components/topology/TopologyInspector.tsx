'use client'

import { Plus, Route, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { objectFacts } from '@/components/networks/object-facts'
import { relatedGroups, type RelatedObject } from '@/components/networks/related-objects'
import { describeRemoval, kindWord } from '@/components/networks/removal'
import { objectName, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { KeyValue } from '@/components/ui/KeyValue'

import { PathLinks } from './PathLinks'
import type { TopologyViewState } from './topology-view'

interface TopologyInspectorProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: DesignObject
  readonly state: TopologyViewState
}

/** Facts, what hangs together with it both ways, and the paths that begin at it. */
export function TopologyInspector({ index, id, object, state }: TopologyInspectorProps) {
  const { refusal, verb } = describeRemoval(index, object)
  return (
    <Inspector
      kind={kindWord(object)}
      title={objectName(index, object)}
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
          {object.kind === 'port' && (
            <Link href={routes.path({ from: id })} className={buttonClass('secondary', 'sm')}>
              <Route aria-hidden /> Path from here
            </Link>
          )}
          <Button size="sm" variant="danger" className="ml-auto" aria-label={verb} disabledReason={refusal} onClick={() => state.remove(id)}>
            <Trash2 aria-hidden /> Delete
          </Button>
        </>
      }
    >
      <InspectorSection title="Facts">
        <KeyValue items={objectFacts(index, object)} />
      </InspectorSection>
      <PathLinks index={index} object={object} />
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group} meta={related.length > 1 ? related.length : undefined}>
          <RelatedList index={index} related={related} />
        </InspectorSection>
      ))}
    </Inspector>
  )
}

function RelatedList({ index, related }: { readonly index: TopologyIndex; readonly related: readonly RelatedObject[] }) {
  return (
    <ul className="flex max-h-56 flex-col overflow-y-auto">
      {related.map(({ id, name, detail, href }) => (
        <li key={id}>
          <Link href={hrefHere(index, id) ?? href} className="-mx-1 flex h-7 min-w-0 items-center gap-3 rounded-sm px-1 hover:bg-hover">
            <span className="min-w-0 flex-1 truncate" title={name}>
              {name}
            </span>
            <span className="max-w-[55%] shrink-0 truncate font-mono text-sm text-faint">{detail}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What is drawn here is selected here; the rest opens where it lives. */
function hrefHere(index: TopologyIndex, id: string): string | null {
  const kind = index.objects.get(id)?.kind
  return kind === 'network' || kind === 'subnet' || kind === 'vm' || kind === 'port' ? routes.topology({ selected: id }) : null
}
