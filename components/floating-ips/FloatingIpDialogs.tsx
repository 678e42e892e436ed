'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
import type { ObjectOf } from '@/server/core/topology/topology'

import { EditFloatingIpForm } from './forms/EditFloatingIpForm'
import { ForwardingForm } from './forms/ForwardingForm'

interface FloatingIpDialogsProps {
  readonly index: TopologyIndex
  readonly view: { readonly new: string | null; readonly edit: string | null; readonly del: string | null }
  readonly selected: ObjectOf['floatingIp'] | undefined
  readonly onClose: () => void
  readonly onDeleted: (id: string) => void
}

/** Which dialog is open is in the URL: for a floating IP that is there, and for port forwardings of the one that is selected. */
export function FloatingIpDialogs({ index, view, selected, onClose, onDeleted }: FloatingIpDialogsProps) {
  const edited = view.edit === null ? undefined : index.objects.get(view.edit)
  const deleted = view.del === null ? undefined : index.objects.get(view.del)
  const props = { index, onClose }
  if (view.new === 'portForwarding' && selected) return <ForwardingForm {...props} floatingIp={selected} />
  if (edited?.kind === 'floatingIp') return <EditFloatingIpForm {...props} floatingIp={edited.item} />
  if (edited?.kind === 'portForwarding' && selected) return <ForwardingForm {...props} floatingIp={selected} forwarding={edited.item} />
  if (deleted?.kind !== 'floatingIp' && deleted?.kind !== 'portForwarding') return null
  const { id } = deleted.item
  return <DeleteDialog {...props} id={id} object={deleted} onDeleted={() => onDeleted(id)} />
}
