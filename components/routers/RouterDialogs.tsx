'use client'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
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
  const navigate = useNavigate()
  const removed = view.del === null ? undefined : index.port(view.del)
  return (
    <>
      {view.do === 'add-interface' && <AddInterfaceForm index={index} router={router} onClose={closeDialog} />}
      {view.do === 'edit-routes' && <EditRoutesForm index={index} router={router} onClose={closeDialog} />}
      {view.do === 'edit' && <EditRouterForm index={index} router={router} onClose={closeDialog} />}
      {view.do === 'delete' && (
        <DeleteDialog
          index={index}
          id={router.id}
          object={{ kind: 'router', item: router }}
          onClose={closeDialog}
          onDeleted={() => navigate.replace(routes.routers())}
        />
      )}
      {removed?.deviceId === router.id && <RemoveInterfaceDialog index={index} router={router} port={removed} onClose={closeDialog} />}
    </>
  )
}
