'use client'

import { tabOf, type CreateKind, type NetworksTab } from '@/components/lib/kind-places'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { whyNotNic } from '@/components/trunks/port-choices'

import { DeleteDialog } from './DeleteDialog'
import { CreateNetworkForm } from './forms/CreateNetworkForm'
import { EditNetworkForm } from './forms/EditNetworkForm'
import { EditVmForm } from './forms/EditVmForm'
import { PhysicalNetworkForm } from './forms/PhysicalNetworkForm'
import { PortForm } from './forms/PortForm'
import { SubnetForm } from './forms/SubnetForm'
import { VmForm } from './forms/VmForm'
import { PlainForm } from './plain/PlainForm'
import type { NetworksViewState } from './use-networks-view'

interface NetworkDialogsProps {
  readonly index: TopologyIndex
  readonly state: NetworksViewState
}

/** Which dialog is open is in the URL: a form for something new, one for what is edited, or a question before deleting. */
export function NetworkDialogs({ index, state: { view, closeDialog, showCreated, select } }: NetworkDialogsProps) {
  const edited = view.edit === null ? undefined : index.objects.get(view.edit)
  const deleted = view.del === null ? undefined : index.objects.get(view.del)
  if (view.new) return <CreateDialog index={index} kind={view.new} selectedId={view.sel} onClose={closeDialog} onShow={showCreated} />
  if (edited) return <EditDialog index={index} object={edited} onClose={closeDialog} />
  if (!deleted || view.del === null) return null
  const afterDelete = () => {
    closeDialog()
    // What is gone cannot stay selected.
    if (view.sel === view.del) select(null)
  }
  return <DeleteDialog index={index} id={view.del} object={deleted} onClose={afterDelete} />
}

interface CreateDialogProps {
  readonly index: TopologyIndex
  readonly kind: CreateKind
  readonly selectedId: string | null
  readonly onClose: () => void
  readonly onShow: (tab: NetworksTab, id: string) => void
}

function CreateDialog({ index, kind, selectedId, onClose, onShow }: CreateDialogProps) {
  const context = contextOf(index, selectedId)
  const props = { index, onClose, onCreated: (id: string) => onShow(tabOf(kind), id) }
  switch (kind) {
    case 'physicalNetwork':
      return <PhysicalNetworkForm {...props} />
    case 'network':
      return <CreateNetworkForm {...props} {...(context.projectId && { projectId: context.projectId })} />
    case 'subnet':
      return <SubnetForm {...props} {...(context.networkId && { networkId: context.networkId })} />
    case 'port':
      return <PortForm {...props} {...(context.networkId && { networkId: context.networkId })} />
    case 'vm':
      return <VmForm {...props} {...context} />
    default:
      return <PlainForm kind={kind} {...props} />
  }
}

interface EditDialogProps {
  readonly index: TopologyIndex
  readonly object: ShownObject
  readonly onClose: () => void
}

function EditDialog({ index, object, onClose }: EditDialogProps) {
  const props = { index, onClose, onCreated: () => undefined }
  switch (object.kind) {
    case 'physicalNetwork':
      return <PhysicalNetworkForm {...props} physicalNetwork={object.item} />
    case 'network':
      return <EditNetworkForm index={index} network={object.item} onClose={onClose} />
    case 'subnet':
      return <SubnetForm {...props} subnet={object.item} />
    case 'port':
      return <PortForm {...props} port={object.item} />
    case 'vm':
      return <EditVmForm index={index} vm={object.item} onClose={onClose} />
    case 'trunk':
    case 'securityGroup':
    case 'gatewayCluster':
    case 'router':
    case 'floatingIp':
    case 'portForwarding':
      return null
    default:
      return <PlainForm kind={object.kind} object={object} {...props} />
  }
}

/** Where the operator is: new things go into the selected project or network. */
function contextOf(
  index: TopologyIndex,
  selectedId: string | null,
): { readonly projectId?: string; readonly networkId?: string; readonly portId?: string } {
  const selected = selectedId === null ? undefined : index.objects.get(selectedId)
  switch (selected?.kind) {
    case 'project':
      return { projectId: selected.item.id }
    case 'network':
      return { projectId: selected.item.projectId, networkId: selected.item.id }
    case 'subnet':
      return { networkId: selected.item.networkId }
    case 'port':
      return { networkId: selected.item.networkId, ...(whyNotNic(index, selected.item) === null && { portId: selected.item.id }) }
    default:
      return {}
  }
}
