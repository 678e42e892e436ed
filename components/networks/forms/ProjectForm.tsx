'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { TextInput } from '@/components/ui/TextInput'

import type { FormProps } from './form-props'
import { useEditDone } from './use-edit-done'

export function ProjectForm({ onClose, onCreated }: FormProps) {
  const trpc = useTRPC()
  const done = useEditDone()
  const { values, set } = useForm({ name: '' })
  const create = useMutation(
    trpc.projects.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`Project ${values.name} created`)
        onCreated(id)
      },
    }),
  )
  return (
    <FormDialog
      title="Create project"
      description="Projects own networks and VMs. Two projects may hold networks of the same name."
      submitLabel="Create project"
      onSubmit={() => create.mutate(values)}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      fields={['name']}
    >
      <TextInput
        label="Project name"
        isRequired
        autoFocus
        value={values.name}
        onValueChange={set('name')}
        error={fieldError(create.error, 'name')}
      />
    </FormDialog>
  )
}
