'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, switchesOf, useForm } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { NumberInput } from '@/components/ui/NumberInput'
import { TextInput } from '@/components/ui/TextInput'
import type { Network } from '@/server/core/topology/topology'

import { useSave } from './use-save'

interface EditNetworkFormProps {
  readonly network: Network
  readonly onClose: () => void
}

/** Type and physical network are for life; of the segment only a VLAN's id may change. */
export function EditNetworkForm({ network, onClose }: EditNetworkFormProps) {
  const client = useTRPCClient()
  const form = useForm({
    name: network.name,
    mtu: network.mtu as number | null,
    segmentationId: network.segmentationId,
    isAdminStateUp: network.isAdminStateUp,
  })
  const send = () => {
    const { name, mtu, segmentationId, isAdminStateUp } = form.values
    const segment = network.type === 'vlan' && segmentationId !== null ? { segmentationId } : {}
    return client.networks.update.mutate({ id: network.id, patch: { name, mtu: mtu ?? 0, isAdminStateUp, ...segment } })
  }
  const save = useSave(send, { news: `Network ${form.values.name} saved`, onSaved: onClose })
  const field = fieldsOf(form, save.error)
  return (
    <FormDialog
      title={`Edit network ${network.name}`}
      submitLabel="Save network"
      onSubmit={() => save.mutate()}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      fields={['name', 'mtu', 'segmentationId', 'isAdminStateUp']}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Network name" isRequired autoFocus {...field('name')} />
        <NumberInput label="MTU" isRequired {...field('mtu')} />
        {network.type === 'vlan' && <NumberInput label="VLAN id" isRequired {...field('segmentationId')} />}
      </div>
      <Checkbox label="Admin state up" hint="Down: its ports are parked and pass no frames" {...switchesOf(form, save.error)('isAdminStateUp')} />
    </FormDialog>
  )
}
