'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { checkPatch } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { useSave } from '@/components/networks/forms/use-save'
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
  const save = useSave(
    () => client.securityGroups.update.mutate({ id: group.id, patch: changedSince(toPatch(form.initial), toPatch(form.values)) }),
    { news: `Security group ${form.values.name} saved`, onSaved: onClose },
  )
  const error = form.errorWith(save.error)
  const field = fieldsOf(form, error)
  return (
    <FormDialog
      title={`Edit security group ${group.name}`}
      description="For people only: it changes nothing on a host."
      submitLabel="Save security group"
      onSubmit={() => form.submit(() => save.mutate())}
      onClose={onClose}
      isBusy={save.isPending}
      error={error}
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
