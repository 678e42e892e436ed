'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { checkPatch } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Checkbox } from '@/components/ui/Checkbox'
import { TextInput } from '@/components/ui/TextInput'
import { trunkPatchInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { trunkKind } from '@/server/core/topology/kinds/trunk/trunk-kind'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'
import type { ObjectOf } from '@/server/core/topology/topology'

interface EditTrunkFormProps {
  readonly index: TopologyIndex
  readonly trunk: ObjectOf['trunk']
  readonly onClose: () => void
}

interface TrunkEdit {
  readonly name: string
  readonly description: string
  readonly isAdminStateUp: boolean
}

const toPatch = ({ name, description, isAdminStateUp }: TrunkEdit) => ({ name, description, isAdminStateUp })

/** Neither field touches traffic; the parent is for life. */
export function EditTrunkForm({ index, trunk, onClose }: EditTrunkFormProps) {
  const client = useTRPCClient()
  const form = useForm<TrunkEdit>(
    { ...trunk, description: trunk.description ?? '' },
    checkPatch(trunkPatchInput, toPatch, trunkKind.fieldRules),
  )
  const { dialog, field, flag } = useFormSave(
    form,
    () => client.trunks.update.mutate({ id: trunk.id, patch: changedSince(toPatch(form.initial), toPatch(form.values)) }),
    {
      news: `Trunk ${form.values.name || labelTrunk(index.topology, trunk)} saved`,
      onSaved: onClose,
    },
  )
  return (
    <FormDialog
      title={`Edit trunk ${labelTrunk(index.topology, trunk)}`}
      submitLabel="Save trunk"
      {...dialog}
      onClose={onClose}
      fields={['name', 'description', 'isAdminStateUp']}
    >
      <TextInput label="Trunk name" autoFocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <Checkbox
        label="Admin state up"
        hint="Down: the trunk and its subports cannot be changed. Traffic goes on"
        {...flag('isAdminStateUp')}
      />
    </FormDialog>
  )
}
