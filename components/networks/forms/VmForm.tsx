'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { existingPort, inNetwork, networkOfChoice, type PortChoice } from '@/components/trunks/port-choices'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { BootFields } from './BootFields'
import { onlyId, toOptions, type FormProps } from './form-props'
import { NicsEditor } from './NicsEditor'
import { useSave } from './use-save'
import { checkNewVm, likeVm, toVmInput, type VmValues } from './vm-values'

interface VmFormProps extends FormProps {
  /** Chosen beforehand, for the first NIC. */
  readonly networkId?: string
  readonly portId?: string
}

const FIELDS = [
  'projectId',
  'name',
  'description',
  'hostId',
  'networkIds',
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

export function VmForm({ index, networkId, portId, onClose, onCreated }: VmFormProps) {
  const { projects, networks, vms } = index.topology
  const client = useTRPCClient()
  const hosts = index.topology.hosts.filter(({ roles }) => roles.includes('compute'))
  const nic = firstNic(portId, networkId ?? onlyId(networks))
  const proposed: VmValues = {
    ...likeVm(vms[vms.length - 1]),
    projectId: networkOfChoice(index, nic)?.projectId ?? onlyId(projects),
    hostId: onlyId(hosts),
    nics: [nic],
  }
  const form = useForm(proposed, checkNewVm)
  const { values, set } = form
  const save = useSave(() => client.vms.create.mutate(toVmInput(values)), { news: `VM ${values.name} created`, onSaved: onCreated })
  const error = form.errorWith(save.error)
  const field = fieldsOf(form, error)
  const errorOf = (name: string) => fieldError(error, name)
  return (
    <FormDialog
      title="Create VM"
      description="Its ports come and go with it: one per network, bound to its host. A port that was there before stays."
      submitLabel="Create VM"
      onSubmit={() => form.submit(() => save.mutate())}
      onClose={onClose}
      isBusy={save.isPending}
      error={error}
      fields={FIELDS}
      disabledReason={missingFor(index)}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="VM name" isRequired autoFocus {...field('name')} />
        <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />
        <Select label="Host" isRequired options={toOptions(hosts)} placeholder="Choose a compute host" {...field('hostId')} />
        <div className="grid grid-cols-2 gap-3">
          <NumberInput label="Memory" unit="MiB" isRequired {...field('memoryMib')} />
          <NumberInput label="vCPUs" isRequired {...field('vcpus')} />
        </div>
      </div>
      <TextInput label="Description" {...field('description')} />
      <NicsEditor
        index={index}
        projectId={values.projectId}
        nics={values.nics}
        onNicsChange={set('nics')}
        onBlur={form.leave('nics')}
        groupMessage={groupError(error, 'networkIds')}
        errorOf={errorOf}
      />
      <BootFields form={form} error={error} />
    </FormDialog>
  )
}

const firstNic = (portId: string | undefined, networkId: string): PortChoice => {
  if (portId) return existingPort(portId)
  return networkId === '' ? '' : inNetwork(networkId)
}

function missingFor({ topology }: TopologyIndex): string | null {
  if (topology.projects.length === 0) return 'Create a project first.'
  if (topology.networks.length === 0) return 'Create a network first.'
  return topology.hosts.some(({ roles }) => roles.includes('compute')) ? null : 'Register a compute host first.'
}
