'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { onlyId, toOptions, type FormProps } from '@/components/networks/forms/form-props'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { checkNewRouter, emptyRouter, toRouterInput } from './router-values'
import { ROUTER_FIELDS, RouterFields } from './RouterFields'

/** Its interfaces are added on its page, where one comes to. */
export function CreateRouterForm({ index, onClose, onCreated }: FormProps) {
  const { projects } = index.topology
  const client = useTRPCClient()
  const form = useForm({ ...emptyRouter, projectId: onlyId(projects) }, checkNewRouter)
  const { dialog, error, field } = useFormSave(form, () => client.routers.create.mutate(toRouterInput(form.values)), {
    news: `Router ${form.values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create router"
      description="It joins nothing yet: an interface for each subnet is added next."
      submitLabel="Create router"
      {...dialog}
      onClose={onClose}
      fields={ROUTER_FIELDS}
      disabledReason={projects.length === 0 ? 'Create a project first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Router name" isRequired autoFocus {...field('name')} />
        <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <RouterFields index={index} form={form} error={error} />
    </FormDialog>
  )
}
