'use client'

import { useState } from 'react'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { ObjectOf } from '@/server/core/topology/topology'

import { formatVlanRanges, parseVlanRanges } from '../vlan-ranges'
import type { FormProps } from './form-props'
import { useSave } from './use-save'

const ETHERNET_MTU = 1500

type VlanRanges = PhysicalNetwork['vlanRanges']

/** Of what was printed from the design. */
const readRanges = (text: string): VlanRanges => {
  const parsed = parseVlanRanges(text)
  return parsed.isOk ? parsed.ranges : []
}

const initialValues = (edited: ObjectOf['physicalNetwork'] | undefined) => ({
  name: edited?.name ?? '',
  description: edited?.description ?? '',
  mtu: (edited?.mtu ?? ETHERNET_MTU) as number | null,
  ranges: formatVlanRanges(edited?.vlanRanges ?? []),
  carrierId: edited?.carrierId ?? '',
})

interface PhysicalNetworkFormProps extends FormProps {
  /** Set to edit it. */
  readonly physicalNetwork?: ObjectOf['physicalNetwork']
}

export function PhysicalNetworkForm({ index, physicalNetwork, onClose, onCreated }: PhysicalNetworkFormProps) {
  const form = useForm(initialValues(physicalNetwork))
  const [rangesMessage, setRangesMessage] = useState<string | null>(null)
  const { values, initial } = form
  const client = useTRPCClient()
  const toInput = ({ name, description, mtu, carrierId }: typeof values, vlanRanges: VlanRanges) => ({
    name,
    description,
    mtu: mtu ?? 0,
    vlanRanges: [...vlanRanges],
    carrierId: carrierId || null,
  })
  const send = (vlanRanges: VlanRanges) => {
    const input = toInput(values, vlanRanges)
    if (!physicalNetwork) return client.physicalNetworks.create.mutate(input)
    return client.physicalNetworks.update.mutate({
      id: physicalNetwork.id,
      patch: changedSince(toInput(initial, readRanges(initial.ranges)), input),
    })
  }
  const save = useSave(send, {
    news: `Physical network ${values.name} ${physicalNetwork ? 'saved' : 'created'}`,
    onSaved: physicalNetwork ? onClose : onCreated,
  })
  const submit = () => {
    const parsed = parseVlanRanges(values.ranges)
    setRangesMessage(parsed.isOk ? null : parsed.message)
    if (parsed.isOk) save.mutate(parsed.ranges)
  }
  const field = fieldsOf(form, save.error)
  const carriers = index.topology.physicalNetworks.filter(({ id }) => id !== physicalNetwork?.id)
  const ranges = field('ranges', 'vlanRanges')
  return (
    <FormDialog
      title={physicalNetwork ? `Edit physical network ${physicalNetwork.name}` : 'Create physical network'}
      description="A wire that provider NICs of hosts are on. Flat and VLAN networks run over it."
      submitLabel={`${physicalNetwork ? 'Save' : 'Create'} physical network`}
      onSubmit={submit}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
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
          {...ranges}
          error={rangesMessage ?? ranges.error}
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
