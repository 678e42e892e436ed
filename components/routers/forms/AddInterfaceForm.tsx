'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Select } from '@/components/ui/Select'
import type { ObjectOf } from '@/server/core/topology/topology'

import { checkInterface, newInterface, portOptions, subnetOptions, toInterfaceInput } from './interface-values'

interface AddInterfaceFormProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly onClose: () => void
}

const WAYS = [
  { value: 'subnet', label: 'Subnet: the router has its gateway address' },
  { value: 'port', label: 'Port: the router has its address' },
] as const

export function AddInterfaceForm({ index, router, onClose }: AddInterfaceFormProps) {
  const client = useTRPCClient()
  const form = useForm(newInterface(router.id), checkInterface)
  const { values } = form
  const { dialog, field } = useFormSave(form, () => client.routers.addInterface.mutate(toInterfaceInput(values)), {
    news: `Interface added to ${router.name}`,
    onSaved: onClose,
  })
  const [subnets, ports] = [subnetOptions(index, router), portOptions(index)]
  return (
    <FormDialog
      title={`Add interface to ${router.name}`}
      description="Guests of the subnet reach the other networks of the router from then on, and are reached from there."
      submitLabel="Add interface"
      {...dialog}
      onClose={onClose}
      fields={['subnetId', 'portId']}
    >
      <Select label="By" options={WAYS} {...field('by')} />
      {values.by === 'subnet' ? (
        <Select
          label="Subnet"
          isRequired
          options={subnets}
          placeholder={subnets.length === 0 ? 'It is in every subnet there is' : 'Choose a subnet'}
          {...field('subnetId')}
        />
      ) : (
        <Select
          label="Port"
          isRequired
          options={ports}
          placeholder={ports.length === 0 ? 'No port with one address is unused' : 'Choose a port'}
          hint="It becomes the router’s: its name, its groups and its port security go."
          {...field('portId')}
        />
      )}
    </FormDialog>
  )
}
