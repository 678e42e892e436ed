'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { TextInput } from '@/components/ui/TextInput'

import type { FormProps } from './form-props'
import { useSave } from './use-save'

export function ProjectForm({ onClose, onCreated }: FormProps) {
  const client = useTRPCClient()
  const form = useForm({ name: '', description: '' })
  const save = useSave(() => client.projects.create.mutate(form.values), {
    news: `Project ${form.values.name} created`,
    onSaved: onCreated,
  })
  const field = fieldsOf(form, save.error)
  return (
    <FormDialog
      title="Create project"
      description="Projects own networks and VMs. Two projects may hold networks of the same name."
      submitLabel="Create project"
      onSubmit={() => save.mutate()}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      fields={['name', 'description']}
    >
      <TextInput label="Project name" isRequired autoFocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
    </FormDialog>
  )
}
