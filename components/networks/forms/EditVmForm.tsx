'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import type { ObjectOf } from '@/server/core/topology/topology'

import { useFormSave } from './use-form-save'
import { VmEffects } from './VmEffects'
import { VM_FIELDS, VmFields } from './VmFields'
import { checkVm, toVmPatch, vmValues } from './vm-values'

interface EditVmFormProps {
  readonly index: TopologyIndex
  readonly vm: ObjectOf['vm']
  readonly onClose: () => void
}

/** Size, boot, NICs and host of a VM that is there; what that means for it stands above the button. */
export function EditVmForm({ index, vm, onClose }: EditVmFormProps) {
  const form = useForm(vmValues(vm), checkVm)
  const { values, initial } = form
  const client = useTRPCClient()
  const patch = changedSince(toVmPatch(initial), toVmPatch(values))
  const { dialog, error } = useFormSave(form, () => client.vms.update.mutate({ id: vm.id, patch }), {
    news: `VM ${vm.name} saved`,
    onSaved: onClose,
  })
  return (
    <FormDialog title={`Edit VM ${vm.name}`} submitLabel="Save VM" {...dialog} onClose={onClose} fields={VM_FIELDS}>
      <VmFields index={index} form={form} error={error} vm={vm} />
      <VmEffects index={index} vm={vm} patch={patch} />
    </FormDialog>
  )
}
