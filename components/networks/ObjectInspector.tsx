'use client'

import { Pencil, Plus, Route, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { routes, type CreateKind } from '@/components/lib/routes'
import { objectName, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { Button } from '@/components/ui/Button'
import { KeyValue } from '@/components/ui/KeyValue'

import { deviceNames, objectFacts } from './object-facts'
import { relatedGroups, type RelatedObject } from './related-objects'
import { describeRemoval, kindWord } from './removal'
import type { NetworksViewState } from './use-networks-view'

interface ObjectInspectorProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: DesignObject
  readonly state: NetworksViewState
}

const ADDABLE: Record<DesignObject['kind'], readonly { readonly kind: CreateKind; readonly label: string }[]> = {
  project: [{ kind: 'network', label: 'Network' }],
  physicalNetwork: [],
  network: [
    { kind: 'subnet', label: 'Subnet' },
    { kind: 'port', label: 'Port' },
    { kind: 'vm', label: 'VM' },
  ],
  subnet: [],
  port: [],
  vm: [],
}

export function ObjectInspector({ index, id, object, state }: ObjectInspectorProps) {
  const devices = deviceNames(object)
  return (
    <Inspector
      kind={kindWord(object)}
      title={objectName(index, object)}
      onClose={() => state.select(null)}
      actions={<ObjectActions index={index} id={id} object={object} state={state} />}
    >
      <InspectorSection title="Facts">
        <KeyValue items={objectFacts(index, object)} />
      </InspectorSection>
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group} meta={related.length > 1 ? related.length : undefined}>
          <RelatedList related={related} />
        </InspectorSection>
      ))}
      {devices.length > 0 && (
        <InspectorSection title="On the host">
          <KeyValue items={devices} />
        </InspectorSection>
      )}
    </Inspector>
  )
}

function ObjectActions({ index, id, object, state }: ObjectInspectorProps) {
  const { refusal, verb } = describeRemoval(index, object)
  const isEditable =
    object.kind !== 'project' && object.kind !== 'vm' && !(object.kind === 'port' && object.port.deviceOwner === 'network:dhcp')
  return (
    <>
      {isEditable && (
        <Button size="sm" onClick={() => state.edit(id)}>
          <Pencil aria-hidden />
          Edit
        </Button>
      )}
      {ADDABLE[object.kind].map(({ kind, label }) => (
        <Button key={kind} size="sm" onClick={() => state.create(kind)}>
          <Plus aria-hidden />
          {label}
        </Button>
      ))}
      {object.kind === 'port' && (
        <Link href={routes.path({ from: id })} className={buttonClass('secondary', 'sm')}>
          <Route aria-hidden />
          Path from here
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
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  )
}

function RelatedList({ related }: { readonly related: readonly RelatedObject[] }) {
  return (
    <ul className="flex max-h-64 flex-col overflow-y-auto">
      {related.map(({ id, name, detail, href }) => (
        <li key={id}>
          <Link href={href} className="-mx-1 flex h-7 min-w-0 items-center gap-3 rounded-sm px-1 hover:bg-hover">
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
