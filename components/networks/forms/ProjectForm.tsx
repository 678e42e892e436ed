'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { checkInput } from '@/components/lib/check-form'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { TextInput } from '@/components/ui/TextInput'
import { projectInput } from '@/server/core/topology/kinds/project/project-input'

import type { FormProps } from './form-props'
import { useSave } from './use-save'

const emptyProject = { name: '', description: '' }

export function ProjectForm({ onClose, onCreated }: FormProps) {
  const client = useTRPCClient()
  const form = useForm(
    emptyProject,
    checkInput(projectInput, (values) => values),
  )
  const save = useSave(() => client.projects.create.mutate(form.values), {
    news: `Project ${form.values.name} created`,
    onSaved: onCreated,
  })
  const error = form.errorWith(save.error)
  const field = fieldsOf(form, error)
  return (
    <FormDialog
      title="Create project"
      description="Projects own networks and VMs. Two projects may hold networks of the same name."
      submitLabel="Create project"
      onSubmit={() => form.submit(() => save.mutate())}
      onClose={onClose}
      isBusy={save.isPending}
      error={error}
      fields={['name', 'description']}
    >
      <TextInput label="Project name" isRequired autoFocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
    </FormDialog>
  )
}
