'use client'

import { Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DescriptionSection } from '@/components/networks/DescriptionSection'
import { ObjectNotes } from '@/components/networks/ObjectNotes'
import { relatedGroups } from '@/components/networks/related-objects'
import { RelatedList } from '@/components/networks/RelatedList'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { KeyValue } from '@/components/ui/KeyValue'
import { printedModes } from '@/server/core/topology/kinds/router/router-print'
import type { ObjectOf } from '@/server/core/topology/topology'

import { floatingIpRow } from './floating-ip-rows'
import { ForwardingsSection } from './ForwardingsSection'

interface FloatingIpInspectorProps {
  readonly index: TopologyIndex
  readonly floatingIp: ObjectOf['floatingIp']
  readonly onClose: () => void
  readonly onForward: () => void
  /** Of itself, or of a port forwarding. */
  readonly onEdit: (id: string) => void
  readonly onDelete: (id: string) => void
}

export function FloatingIpInspector({ index, floatingIp, onClose, onForward, onEdit, onDelete }: FloatingIpInspectorProps) {
  const { address, host, router, forwardings } = floatingIpRow(index, floatingIp)
  const object = { kind: 'floatingIp', item: floatingIp } as const
  return (
    <Inspector
      kind="floating IP"
      title={address}
      onClose={onClose}
      actions={
        <>
          <Button size="sm" onClick={() => onEdit(floatingIp.id)}>
            <Pencil aria-hidden />
            {floatingIp.fixedPortId === null && forwardings.length === 0 ? 'Associate' : 'Edit'}
          </Button>
          {host && router?.isDistributed && router.floatingIpMode !== 'gateway' && forwardings.length === 0 && (
            <Link href={routes.floatingIpWays(floatingIp.id)} className={buttonClass('secondary', 'sm')}>
              By hand
            </Link>
          )}
          <Button size="sm" variant="danger" className="ml-auto" aria-label="Delete floating IP" onClick={() => onDelete(floatingIp.id)}>
            <Trash2 aria-hidden />
            Delete
          </Button>
        </>
      }
    >
      <ObjectNotes index={index} id={floatingIp.id} />
      <InspectorSection title="Facts">
        <KeyValue
          items={[
            { label: 'UUID', value: floatingIp.id, isMono: true },
            { label: 'Address', value: address, isMono: true },
            { label: 'Fixed address', value: floatingIp.fixedIpAddress, isMono: true },
            ...(router?.isDistributed ? [{ label: 'Led out', value: printedModes[router.floatingIpMode] }] : []),
            { label: 'Translated on', value: host?.name ?? 'no host: it leads to nobody yet' },
          ]}
        />
      </InspectorSection>
      <ForwardingsSection index={index} floatingIp={floatingIp} onAdd={onForward} onEdit={onEdit} onDelete={onDelete} />
      <DescriptionSection topology={index.topology} object={object} />
      {[...relatedGroups(index, object)].map(([group, related]) => (
        <InspectorSection key={group} title={group}>
          <RelatedList related={related} />
        </InspectorSection>
      ))}
    </Inspector>
  )
}
