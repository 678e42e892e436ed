'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError, groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { BootFields } from './BootFields'
import { onlyId, toOptions, type FormProps } from './form-props'
import { NicsEditor } from './NicsEditor'
import { useEditDone } from './use-edit-done'
import { likeVm, toVmInput, type VmValues } from './vm-values'

interface VmFormProps extends FormProps {
  /** Network chosen beforehand, for the first NIC. */
  readonly networkId?: string
}

const FIELDS = [
  'projectId',
  'name',
  'hostId',
  'networkIds',
  'memoryMib',
  'vcpus',
  'boot.path',
  'boot.format',
  'boot.kernel',
  'boot.initrd',
  'boot.cmdline',
] as const

export function VmForm({ index, networkId, onClose, onCreated }: VmFormProps) {
  const { projects, networks, vms } = index.topology
  const trpc = useTRPC()
  const done = useEditDone()
  const hosts = index.topology.hosts.filter(({ roles }) => roles.includes('compute'))
  const form = useForm<VmValues>({
    ...likeVm(vms[vms.length - 1]),
    projectId: index.network(networkId ?? '')?.projectId ?? onlyId(projects),
    hostId: onlyId(hosts),
    networkIds: [networkId ?? onlyId(networks)],
  })
  const { values, set } = form
  const create = useMutation(
    trpc.vms.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`VM ${values.name} created`)
        onCreated(id)
      },
    }),
  )
  const errorOf = (field: string) => fieldError(create.error, field)
  return (
    <FormDialog
      title="Create VM"
      description="Its ports come and go with it: one per network, bound to its host."
      submitLabel="Create VM"
      onSubmit={() => create.mutate(toVmInput(values))}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      fields={FIELDS}
      disabledReason={missingFor(index)}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="VM name" isRequired autoFocus value={values.name} onValueChange={set('name')} error={errorOf('name')} />
        <Select
          label="Project"
          isRequired
          value={values.projectId}
          onValueChange={set('projectId')}
          options={toOptions(projects)}
          placeholder="Choose a project"
          error={errorOf('projectId')}
        />
        <Select
          label="Host"
          isRequired
          value={values.hostId}
          onValueChange={set('hostId')}
          options={toOptions(hosts)}
          placeholder="Choose a compute host"
          error={errorOf('hostId')}
        />
        <div className="grid grid-cols-2 gap-3">
          <NumberInput
            label="Memory"
            unit="MiB"
            isRequired
            value={values.memoryMib}
            onValueChange={set('memoryMib')}
            error={errorOf('memoryMib')}
          />
          <NumberInput label="vCPUs" isRequired value={values.vcpus} onValueChange={set('vcpus')} error={errorOf('vcpus')} />
        </div>
      </div>
      <NicsEditor
        index={index}
        projectId={values.projectId}
        networkIds={values.networkIds}
        onNetworkIdsChange={set('networkIds')}
        groupMessage={groupError(create.error, 'networkIds')}
        errorOf={errorOf}
      />
      <BootFields form={form} errorOf={errorOf} />
    </FormDialog>
  )
}

function missingFor({ topology }: TopologyIndex): string | null {
  if (topology.projects.length === 0) return 'Create a project first.'
  if (topology.networks.length === 0) return 'Create a network first.'
  return topology.hosts.some(({ roles }) => roles.includes('compute')) ? null : 'Register a compute host first.'
}
