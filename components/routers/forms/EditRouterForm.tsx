'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import { checkRouterEdit, routerValues, toRouterPatch } from './router-values'
import { ROUTER_FIELDS, RouterFields } from './RouterFields'

interface EditRouterFormProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly onClose: () => void
}

export function EditRouterForm({ index, router, onClose }: EditRouterFormProps) {
  const client = useTRPCClient()
  const form = useForm(routerValues(index, router), checkRouterEdit)
  const { values, initial } = form
  const { dialog, error, field } = useFormSave(
    form,
    () => client.routers.update.mutate({ id: router.id, patch: changedSince(toRouterPatch(initial), toRouterPatch(values)) }),
    { news: `Router ${values.name} saved`, onSaved: onClose },
  )
  return (
    <FormDialog title={`Edit router ${router.name}`} submitLabel="Save router" {...dialog} onClose={onClose} fields={ROUTER_FIELDS}>
      <TextInput label="Router name" isRequired autoFocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <RouterFields index={index} form={form} error={error} />
      {values.isDistributed !== initial.isDistributed && (
        <p className="text-dim">
          Its namespaces are made anew where it stands then; packets between its networks are lost until that is done.
        </p>
      )}
    </FormDialog>
  )
}
