'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import type { FormProps } from './form-props'
import {
  checkNewPhysicalNetwork,
  checkPhysicalNetwork,
  emptyPhysicalNetwork,
  physicalNetworkValues,
  toPhysicalNetworkInput,
} from './physical-network-values'
import { useFormSave } from './use-form-save'

interface PhysicalNetworkFormProps extends FormProps {
  /** Set to edit it. */
  readonly physicalNetwork?: ObjectOf['physicalNetwork']
}

export function PhysicalNetworkForm({ index, physicalNetwork, onClose, onCreated }: PhysicalNetworkFormProps) {
  const form = useForm(
    physicalNetwork ? physicalNetworkValues(physicalNetwork) : emptyPhysicalNetwork,
    physicalNetwork ? checkPhysicalNetwork : checkNewPhysicalNetwork,
  )
  const { values, initial } = form
  const client = useTRPCClient()
  const send = () => {
    const input = toPhysicalNetworkInput(values)
    if (!physicalNetwork) return client.physicalNetworks.create.mutate(input)
    return client.physicalNetworks.update.mutate({ id: physicalNetwork.id, patch: changedSince(toPhysicalNetworkInput(initial), input) })
  }
  const { dialog, field } = useFormSave(form, send, {
    news: `Physical network ${values.name} ${physicalNetwork ? 'saved' : 'created'}`,
    onSaved: physicalNetwork ? onClose : onCreated,
  })
  const carriers = index.topology.physicalNetworks.filter(({ id }) => id !== physicalNetwork?.id)
  return (
    <FormDialog
      title={physicalNetwork ? `Edit physical network ${physicalNetwork.name}` : 'Create physical network'}
      description="A wire that provider NICs of hosts are on. Flat and VLAN networks run over it."
      submitLabel={`${physicalNetwork ? 'Save' : 'Create'} physical network`}
      {...dialog}
      onClose={onClose}
      fields={['name', 'description', 'mtu', 'vlanRanges', 'carrierId']}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_104px] gap-3">
        <TextInput label="Physical network name" isRequired autoFocus hint="Such as physnet1" {...field('name')} />
        <NumberInput label="MTU" isRequired {...field('mtu')} />
        <TextInput
          label="VLAN ranges"
          className="col-span-2"
          isMono
          placeholder="100-199, 300"
          hint="VLAN ids that may be allocated. Empty: only flat networks and ids given by hand"
          {...field('ranges', 'vlanRanges')}
        />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
        {carriers.length > 0 && (
          <Select
            label="On the wire of"
            className="col-span-2"
            placeholder="a wire of its own"
            hint="For a cloud inside VMs: the physical network that their nested uplinks lead to. Its VLAN ids must be other ones"
            options={carriers.map(({ id, name }) => ({ value: id, label: name }))}
            {...field('carrierId')}
          />
        )}
      </div>
    </FormDialog>
  )
}
