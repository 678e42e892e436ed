'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { TextInput } from '@/components/ui/TextInput'
import type { PhysicalNetwork } from '@/server/core/topology/topology'

import { formatVlanRanges, parseVlanRanges } from '../vlan-ranges'
import type { FormProps } from './form-props'
import { useEditDone } from './use-edit-done'

const ETHERNET_MTU = 1500

interface PhysicalNetworkFormProps extends FormProps {
  /** Set to edit it. */
  readonly physicalNetwork?: PhysicalNetwork
}

export function PhysicalNetworkForm({ physicalNetwork, onClose, onCreated }: PhysicalNetworkFormProps) {
  const { values, set } = useForm({
    name: physicalNetwork?.name ?? '',
    mtu: (physicalNetwork?.mtu ?? ETHERNET_MTU) as number | null,
    ranges: formatVlanRanges(physicalNetwork?.vlanRanges ?? []),
  })
  const [rangesMessage, setRangesMessage] = useState<string | null>(null)
  const save = useSave(values.name, onClose, onCreated)
  const verb = physicalNetwork ? 'Save' : 'Create'
  const submit = () => {
    const parsed = parseVlanRanges(values.ranges)
    setRangesMessage(parsed.isOk ? null : parsed.message)
    if (!parsed.isOk) return
    const fields = { name: values.name, mtu: values.mtu ?? 0, vlanRanges: parsed.ranges }
    if (physicalNetwork) save.update.mutate({ id: physicalNetwork.id, patch: fields })
    else save.create.mutate(fields)
  }
  const error = save.create.error ?? save.update.error
  return (
    <FormDialog
      title={physicalNetwork ? `Edit physical network ${physicalNetwork.name}` : 'Create physical network'}
      description="A wire that provider NICs of hosts are on. Flat and VLAN networks run over it."
      submitLabel={`${verb} physical network`}
      onSubmit={submit}
      onClose={onClose}
      isBusy={save.create.isPending || save.update.isPending}
      error={error}
      fields={['name', 'mtu', 'vlanRanges']}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_104px] gap-3">
        <TextInput
          label="Physical network name"
          isRequired
          autoFocus
          value={values.name}
          onValueChange={set('name')}
          error={fieldError(error, 'name')}
          hint="Such as physnet1"
        />
        <NumberInput label="MTU" isRequired value={values.mtu} onValueChange={set('mtu')} error={fieldError(error, 'mtu')} />
        <TextInput
          label="VLAN ranges"
          className="col-span-2"
          isMono
          value={values.ranges}
          onValueChange={set('ranges')}
          error={rangesMessage ?? fieldError(error, 'vlanRanges')}
          placeholder="100-199, 300"
          hint="VLAN ids that may be allocated. Empty: only flat networks and ids given by hand"
        />
      </div>
    </FormDialog>
  )
}

function useSave(name: string, onClose: () => void, onCreated: (id: string) => void) {
  const trpc = useTRPC()
  const done = useEditDone()
  const create = useMutation(
    trpc.physicalNetworks.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`Physical network ${name} created`)
        onCreated(id)
      },
    }),
  )
  const update = useMutation(
    trpc.physicalNetworks.update.mutationOptions({
      onSuccess: async () => {
        await done(`Physical network ${name} saved`)
        onClose()
      },
    }),
  )
  return { create, update }
}
