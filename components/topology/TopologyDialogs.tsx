'use client'

import { DeleteDialog } from '@/components/networks/DeleteDialog'
import { CreateNetworkForm } from '@/components/networks/forms/CreateNetworkForm'
import { EditVmForm } from '@/components/networks/forms/EditVmForm'
import { SubnetForm } from '@/components/networks/forms/SubnetForm'
import { VmForm } from '@/components/networks/forms/VmForm'
import { PlainForm } from '@/components/networks/plain/PlainForm'
import type { TopologyIndex } from '@/components/lib/topology-index'

import type { TopologyViewState } from './topology-view'

interface TopologyDialogsProps {
  readonly index: TopologyIndex
  readonly state: TopologyViewState
}

/** The dialog that the URL names: something new, a VM that is edited, or a question before deleting. */
export function TopologyDialogs({ index, state: { view, closeDialog, showCreated, showDeleted } }: TopologyDialogsProps) {
  const props = { index, onClose: closeDialog, onCreated: showCreated }
  const into = view.on === null ? {} : { networkId: view.on }
  const edited = view.edit === null ? undefined : index.objects.get(view.edit)
  const deleted = view.del === null ? undefined : index.objects.get(view.del)
  if (edited?.kind === 'vm') return <EditVmForm index={index} vm={edited.item} onClose={closeDialog} />
  switch (view.new) {
    case 'project':
      return <PlainForm kind="project" {...props} onCreated={closeDialog} />
    case 'network':
      return <CreateNetworkForm {...props} />
    case 'subnet':
      return <SubnetForm {...props} {...into} />
    case 'vm':
      return <VmForm {...props} {...into} />
    case null: {
      const id = view.del
      return id !== null && deleted ? (
        <DeleteDialog index={index} id={id} object={deleted} onClose={() => (index.objects.has(id) ? closeDialog() : showDeleted(id))} />
      ) : null
    }
  }
}
