'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'

import { onlyId, toOptions, type FormProps } from './form-props'
import { checkNewNetwork, emptyNetwork, EXTERNAL_HINT, toNetworkInput, type NetworkValues } from './network-values'
import { useFormSave } from './use-form-save'

const TYPES = [
  { value: 'vxlan', label: 'VXLAN: over the tunnels between hosts' },
  { value: 'vlan', label: 'VLAN: tagged on a physical network' },
  { value: 'flat', label: 'Flat: untagged on a physical network' },
] as const

interface CreateNetworkFormProps extends FormProps {
  /** Project chosen beforehand. */
  readonly projectId?: string
}

export function CreateNetworkForm({ index, projectId, onClose, onCreated }: CreateNetworkFormProps) {
  const { projects, physicalNetworks } = index.topology
  const client = useTRPCClient()
  const proposed = { ...emptyNetwork, projectId: projectId ?? onlyId(projects), physicalNetworkId: onlyId(physicalNetworks) }
  const form = useForm(proposed, checkNewNetwork)
  const { values } = form
  const { dialog, error, field, flag } = useFormSave(form, () => client.networks.create.mutate(toNetworkInput(values)), {
    news: `Network ${values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create network"
      description="Ids and MTU that are left empty are allocated."
      submitLabel="Create network"
      {...dialog}
      onClose={onClose}
      fields={['projectId', 'name', 'description', 'type', 'physicalNetworkId', 'segmentationId', 'mtu', 'isExternal']}
      disabledReason={projects.length === 0 ? 'Create a project first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Network name" isRequired autoFocus {...field('name')} />
        <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />
        <Select label="Type" className="col-span-2" options={TYPES} {...field('type')} />
        <SegmentFields form={form} error={error} physicalNetworks={physicalNetworks} />
        <NumberInput label="MTU" hint="Empty: the largest the underlay carries" {...field('mtu')} />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <Checkbox label="External network" hint={EXTERNAL_HINT} {...flag('isExternal')} />
    </FormDialog>
  )
}

interface SegmentFieldsProps {
  readonly form: Form<NetworkValues>
  readonly error: unknown
  readonly physicalNetworks: readonly PhysicalNetwork[]
}

function SegmentFields({ form, error, physicalNetworks }: SegmentFieldsProps) {
  const { type } = form.values
  const field = fieldsOf(form, error)
  const isTunnelled = type === 'vxlan'
  return (
    <>
      {!isTunnelled && (
        <Select
          label="Physical network"
          isRequired
          options={toOptions(physicalNetworks)}
          placeholder={physicalNetworks.length === 0 ? 'There is none yet' : 'Choose one'}
          {...field('physicalNetworkId')}
        />
      )}
      {type !== 'flat' && (
        <NumberInput
          label={isTunnelled ? 'VNI' : 'VLAN id'}
          hint={isTunnelled ? 'Empty: the lowest free one' : 'Empty: the lowest free one of the ranges'}
          {...field('segmentationId')}
        />
      )}
    </>
  )
}
