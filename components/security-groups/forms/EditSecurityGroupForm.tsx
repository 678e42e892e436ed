'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { checkPatch } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { TextInput } from '@/components/ui/TextInput'
import { securityGroupPatchInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { securityGroupKind } from '@/server/core/topology/kinds/security-group/security-group-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

import { isDefault } from '../security-group-rows'

interface EditSecurityGroupFormProps {
  readonly group: ObjectOf['securityGroup']
  readonly onClose: () => void
}

interface GroupEdit {
  readonly name: string
  readonly description: string
}

const toPatch = ({ name, description }: GroupEdit) => ({ name, description })
const checkGroup = checkPatch(securityGroupPatchInput, toPatch, securityGroupKind.fieldRules)

/** Neither field touches a host: chains and sets are named by ids. */
export function EditSecurityGroupForm({ group, onClose }: EditSecurityGroupFormProps) {
  const client = useTRPCClient()
  const form = useForm<GroupEdit>({ name: group.name, description: group.description ?? '' }, checkGroup)
  const { dialog, field } = useFormSave(
    form,
    () => client.securityGroups.update.mutate({ id: group.id, patch: changedSince(toPatch(form.initial), toPatch(form.values)) }),
    { news: `Security group ${form.values.name} saved`, onSaved: onClose },
  )
  return (
    <FormDialog
      title={`Edit security group ${group.name}`}
      description="For people only: it changes nothing on a host."
      submitLabel="Save security group"
      {...dialog}
      onClose={onClose}
      fields={['name', 'description']}
    >
      <div className="flex flex-col gap-3">
        <TextInput
          label="Security group name"
          autoFocus={!isDefault(group)}
          disabled={isDefault(group)}
          hint={isDefault(group) ? 'The group that every project has keeps its name.' : undefined}
          {...field('name')}
        />
        <TextInput label="Description" autoFocus={isDefault(group)} {...field('description')} />
      </div>
    </FormDialog>
  )
}
