'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, switchesOf, useForm } from '@/components/lib/use-form'
import { useSave } from '@/components/networks/forms/use-save'
import { Checkbox } from '@/components/ui/Checkbox'
import { TextInput } from '@/components/ui/TextInput'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'
import type { ObjectOf } from '@/server/core/topology/topology'

interface EditTrunkFormProps {
  readonly index: TopologyIndex
  readonly trunk: ObjectOf['trunk']
  readonly onClose: () => void
}

/** Neither field touches traffic; the parent is for life. */
export function EditTrunkForm({ index, trunk, onClose }: EditTrunkFormProps) {
  const client = useTRPCClient()
  const form = useForm({ name: trunk.name, description: trunk.description ?? '', isAdminStateUp: trunk.isAdminStateUp })
  const save = useSave(() => client.trunks.update.mutate({ id: trunk.id, patch: changedSince(form.initial, form.values) }), {
    news: `Trunk ${form.values.name || labelTrunk(index.topology, trunk)} saved`,
    onSaved: onClose,
  })
  const field = fieldsOf(form, save.error)
  return (
    <FormDialog
      title={`Edit trunk ${labelTrunk(index.topology, trunk)}`}
      submitLabel="Save trunk"
      onSubmit={() => save.mutate()}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      fields={['name', 'description', 'isAdminStateUp']}
    >
      <TextInput label="Trunk name" autoFocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <Checkbox
        label="Admin state up"
        hint="Down: the trunk and its subports cannot be changed. Traffic goes on"
        {...switchesOf(form, save.error)('isAdminStateUp')}
      />
    </FormDialog>
  )
}
