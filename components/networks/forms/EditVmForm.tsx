'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import { BootFields } from './BootFields'
import { toOptions } from './form-props'
import { NicsEditor } from './NicsEditor'
import { useSave } from './use-save'
import { VmEffects } from './VmEffects'
import { checkVm, toVmPatch, vmValues } from './vm-values'

interface EditVmFormProps {
  readonly index: TopologyIndex
  readonly vm: ObjectOf['vm']
  readonly onClose: () => void
}

const FIELDS = [
  'name',
  'description',
  'hostId',
  'nics',
  'memoryMib',
  'vcpus',
  'boot.path',
  'boot.format',
  'boot.kernel',
  'boot.initrd',
  'boot.cmdline',
  'boot.disk.path',
] as const

/** Size, boot, NICs and host of a VM that is there; what that means for it stands above the button. */
export function EditVmForm({ index, vm, onClose }: EditVmFormProps) {
  const hosts = index.topology.hosts.filter(({ id, roles }) => roles.includes('compute') || id === vm.hostId)
  const form = useForm(vmValues(vm), checkVm)
  const { values, initial, set } = form
  const client = useTRPCClient()
  const patch = changedSince(toVmPatch(initial), toVmPatch(values))
  const save = useSave(() => client.vms.update.mutate({ id: vm.id, patch }), { news: `VM ${vm.name} saved`, onSaved: onClose })
  const error = form.errorWith(save.error)
  const field = fieldsOf(form, error)
  return (
    <FormDialog
      title={`Edit VM ${vm.name}`}
      submitLabel="Save VM"
      onSubmit={() => form.submit(() => save.mutate())}
      onClose={onClose}
      isBusy={save.isPending}
      error={error}
      fields={FIELDS}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="VM name" isRequired autoFocus {...field('name')} />
        <Select label="Host" isRequired options={toOptions(hosts)} placeholder="Choose a compute host" {...field('hostId')} />
        <NumberInput label="Memory" unit="MiB" isRequired {...field('memoryMib')} />
        <NumberInput label="vCPUs" isRequired {...field('vcpus')} />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <NicsEditor
        index={index}
        projectId={vm.projectId}
        vm={vm}
        nics={values.nics}
        onNicsChange={set('nics')}
        onBlur={form.leave('nics')}
        groupMessage={groupError(error, 'nics')}
        errorOf={(name) => fieldError(error, name)}
      />
      <BootFields form={form} error={error} />
      <VmEffects index={index} vm={vm} patch={patch} />
    </FormDialog>
  )
}
