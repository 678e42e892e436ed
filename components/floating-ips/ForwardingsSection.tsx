'use client'

import { Pencil, Plus, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { ChangeMark } from '@/components/networks/ChangeMark'
import { InspectorSection } from '@/components/shell/Inspector'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import type { ObjectOf } from '@/server/core/topology/topology'

import { forwardingRows } from './forwarding-rows'

interface ForwardingsSectionProps {
  readonly index: TopologyIndex
  readonly floatingIp: ObjectOf['floatingIp']
  readonly onAdd: () => void
  readonly onEdit: (id: string) => void
  readonly onDelete: (id: string) => void
}

/** The ports of a floating IP that lead somewhere, each with the port of a VM behind it. */
export function ForwardingsSection({ index, floatingIp, onAdd, onEdit, onDelete }: ForwardingsSectionProps) {
  const rows = forwardingRows(index, floatingIp.id)
  return (
    <InspectorSection title="Port forwardings" meta={rows.length > 1 ? rows.length : undefined}>
      {rows.length > 0 && (
        <ul className="mb-2 flex max-h-72 flex-col overflow-y-auto">
          {rows.map(({ id, outside, name, portId, inside, description }) => (
            <li key={id} className="-mx-1 flex min-h-8 items-center gap-2 rounded-sm px-1 hover:bg-hover">
              <ChangeMark action={index.actionOf(id)} />
              <span className="w-20 shrink-0 font-mono text-sm">{outside}</span>
              <span className="flex min-w-0 flex-1 flex-col" title={description}>
                <Link
                  href={routes.networks({ tab: 'ports', selected: portId })}
                  className="truncate text-accent hover:underline"
                  title={name}
                >
                  {name}
                </Link>
                <span className="truncate font-mono text-sm text-faint">{inside}</span>
              </span>
              <IconButton label={`Edit port forwarding ${outside}`} size="sm" onClick={() => onEdit(id)}>
                <Pencil aria-hidden />
              </IconButton>
              <IconButton label={`Delete port forwarding ${outside}`} size="sm" onClick={() => onDelete(id)}>
                <Trash2 aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="sm"
        disabledReason={floatingIp.fixedPortId === null ? null : 'It leads to a port as a whole. Lead it nowhere first.'}
        onClick={onAdd}
      >
        <Plus aria-hidden />
        Forward a port
      </Button>
    </InspectorSection>
  )
}
