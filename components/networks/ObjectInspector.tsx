'use client'

import { Globe, Pencil, Plus, Route, Router, ShieldCheck, Split, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { isPlain, type CreateKind } from '@/components/lib/kind-places'
import { routes } from '@/components/lib/routes'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { Button } from '@/components/ui/Button'
import { UplinksSection } from '@/components/nested/UplinksSection'
import { PortFilterSection } from '@/components/security-groups/PortFilterSection'
import { whyNotParent } from '@/components/trunks/port-choices'
import { KeyValue } from '@/components/ui/KeyValue'
import { isFloatingPort } from '@/server/core/topology/floating-ips'
import { checkFixedPort } from '@/server/core/topology/kinds/floating-ip/floating-ip-target'
import { labelOf } from '@/server/core/topology/kinds/kinds'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { isRouterPort } from '@/server/core/topology/router-ports'
import type { Kind } from '@/server/core/topology/topology'

import { DescriptionSection } from './DescriptionSection'
import { deviceNames, objectFacts } from './object-facts'
import { ObjectNotes } from './ObjectNotes'
import { changeForm } from './plain/plain-form'
import { relatedGroups } from './related-objects'
import { RelatedList } from './RelatedList'
import { describeRemoval, kindWord } from './removal'
import type { NetworksViewState } from './use-networks-view'

interface ObjectInspectorProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: ShownObject
  readonly state: NetworksViewState
}

/** Whether it has a form to be changed with (NetworkDialogs.tsx). */
function isEditable(object: ShownObject): boolean {
  if (object.kind === 'project' || isPlain(object.kind)) return changeForm(object.kind) !== null
  return (
    object.kind !== 'trunk' &&
    object.kind !== 'router' &&
    object.kind !== 'floatingIp' &&
    object.kind !== 'portForwarding' &&
    object.kind !== 'securityGroup' &&
    !(object.kind === 'port' && (object.item.deviceOwner === 'network:dhcp' || isRouterPort(object.item) || isFloatingPort(object.item)))
  )
}

/** Where there is a network to take one of. Whether a router leads there, the form tells. */
const canHaveFloatingIp = ({ topology }: TopologyIndex, port: Port): boolean =>
  port.fixedIps.length > 0 &&
  topology.networks.some(({ isExternal }) => isExternal) &&
  checkFixedPort(topology, port, 'fixedPortId').length === 0

const ADDABLE: { readonly [K in Kind]?: readonly { readonly kind: CreateKind; readonly label: string }[] } = {
  project: [{ kind: 'network', label: 'Network' }],
  network: [
    { kind: 'subnet', label: 'Subnet' },
    { kind: 'port', label: 'Port' },
    { kind: 'vm', label: 'VM' },
  ],
}

export function ObjectInspector({ index, id, object, state }: ObjectInspectorProps) {
  const devices = deviceNames(index, object)
  return (
    <Inspector
      kind={kindWord(object)}
      title={labelOf(index.topology, object)}
      onClose={() => state.select(null)}
      actions={<ObjectActions index={index} id={id} object={object} state={state} />}
    >
      <ObjectNotes index={index} id={id} />
      <InspectorSection title="Facts">
        <KeyValue items={objectFacts(index, object)} />
      </InspectorSection>
      <DescriptionSection topology={index.topology} object={object} />
      {object.kind === 'port' && <PortFilterSection index={index} port={object.item} isTagTold />}
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group} meta={related.length > 1 ? related.length : undefined}>
          <RelatedList related={related} />
        </InspectorSection>
      ))}
      {object.kind === 'vm' && <UplinksSection key={id} index={index} vm={object.item} />}
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
  return (
    <>
      {isEditable(object) && (
        <Button size="sm" onClick={() => state.edit(id)}>
          <Pencil aria-hidden />
          Edit
        </Button>
      )}
      {ADDABLE[object.kind]?.map(({ kind, label }) => (
        <Button key={kind} size="sm" onClick={() => state.create(kind)}>
          <Plus aria-hidden />
          {label}
        </Button>
      ))}
      {object.kind === 'port' && !isFloatingPort(object.item) && (
        <Link href={routes.path({ from: id })} className={buttonClass('secondary', 'sm')}>
          <Route aria-hidden />
          Path from here
        </Link>
      )}
      {object.kind === 'port' && canHaveFloatingIp(index, object.item) && (
        <Link href={routes.floatingIps({ isCreating: true, port: id })} className={buttonClass('secondary', 'sm')}>
          <Globe aria-hidden />
          Floating IP
        </Link>
      )}
      {object.kind === 'port' && whyNotParent(index, object.item) === null && (
        <Link href={routes.trunks({ isCreating: true, parent: id })} className={buttonClass('secondary', 'sm')}>
          <Split aria-hidden />
          Make trunk
        </Link>
      )}
      {object.kind === 'securityGroup' && (
        <Link href={routes.securityGroup(id)} className={buttonClass('secondary', 'sm')}>
          <ShieldCheck aria-hidden />
          Open security group
        </Link>
      )}
      {object.kind === 'router' && (
        <Link href={routes.router(id)} className={buttonClass('secondary', 'sm')}>
          <Router aria-hidden />
          Open router
        </Link>
      )}
      {object.kind === 'trunk' && (
        <Link href={routes.trunk(id)} className={buttonClass('secondary', 'sm')}>
          <Split aria-hidden />
          Open trunk
        </Link>
      )}
      <Button size="sm" variant="danger" className="ml-auto" aria-label={verb} disabledReason={refusal} onClick={() => state.remove(id)}>
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  )
}
