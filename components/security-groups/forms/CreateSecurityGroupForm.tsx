'use client'

import { checkInput } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { onlyId, toOptions, type FormProps } from '@/components/networks/forms/form-props'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { securityGroupInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { securityGroupKind } from '@/server/core/topology/kinds/security-group/security-group-kind'

const checkNewGroup = checkInput(
  securityGroupInput,
  (values: { readonly name: string; readonly projectId: string; readonly description: string }) => values,
  securityGroupKind.fieldRules,
)

/** Its rules are added on its page, where one comes to. */
export function CreateSecurityGroupForm({ index, onClose, onCreated }: FormProps) {
  const { projects } = index.topology
  const client = useTRPCClient()
  const form = useForm({ name: '', projectId: onlyId(projects), description: '' }, checkNewGroup)
  const { dialog, field } = useFormSave(form, () => client.securityGroups.create.mutate(form.values), {
    news: `Security group ${form.values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create security group"
      description="It begins with two rules: everything may go out, by IPv4 and by IPv6. What may come in is added next."
      submitLabel="Create security group"
      {...dialog}
      onClose={onClose}
      fields={['name', 'projectId', 'description']}
      disabledReason={projects.length === 0 ? 'Create a project first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Security group name" isRequired autoFocus {...field('name')} />
        <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
    </FormDialog>
  )
}
