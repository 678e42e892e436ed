'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import type { ObjectOf } from '@/server/core/topology/topology'

import { AddInterfaceForm } from './forms/AddInterfaceForm'
import { EditRouterForm } from './forms/EditRouterForm'
import { EditRoutesForm } from './forms/EditRoutesForm'
import { RemoveInterfaceDialog } from './forms/RemoveInterfaceDialog'
import type { RouterViewState } from './use-router-view'

interface RouterDialogsProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly state: RouterViewState
}

/** Which dialog is open is in the URL. */
export function RouterDialogs({ index, router, state: { view, closeDialog } }: RouterDialogsProps) {
  const removed = view.del === null ? undefined : index.port(view.del)
  return (
    <>
      {view.do === 'add-interface' && <AddInterfaceForm index={index} router={router} onClose={closeDialog} />}
      {view.do === 'edit-routes' && <EditRoutesForm index={index} router={router} onClose={closeDialog} />}
      {view.do === 'edit' && <EditRouterForm index={index} router={router} onClose={closeDialog} />}
      {removed?.deviceId === router.id && <RemoveInterfaceDialog index={index} router={router} port={removed} onClose={closeDialog} />}
    </>
  )
}
