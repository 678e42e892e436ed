'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { NumberInput } from '@/components/ui/NumberInput'
import { TextInput } from '@/components/ui/TextInput'
import type { Network } from '@/server/core/topology/topology'

import { useEditDone } from './use-edit-done'

interface EditNetworkFormProps {
  readonly network: Network
  readonly onClose: () => void
}

/** Type and physical network are for life; of the segment only a VLAN's id may change. */
export function EditNetworkForm({ network, onClose }: EditNetworkFormProps) {
  const trpc = useTRPC()
  const done = useEditDone()
  const { values, set } = useForm({
    name: network.name,
    mtu: network.mtu as number | null,
    segmentationId: network.segmentationId,
    isAdminStateUp: network.isAdminStateUp,
  })
  const update = useMutation(
    trpc.networks.update.mutationOptions({
      onSuccess: async () => {
        await done(`Network ${values.name} saved`)
        onClose()
      },
    }),
  )
  const { error } = update
  const save = () => {
    const { name, mtu, segmentationId, isAdminStateUp } = values
    const segment = network.type === 'vlan' && segmentationId !== null ? { segmentationId } : {}
    update.mutate({ id: network.id, patch: { name, mtu: mtu ?? 0, isAdminStateUp, ...segment } })
  }
  return (
    <FormDialog
      title={`Edit network ${network.name}`}
      submitLabel="Save network"
      onSubmit={save}
      onClose={onClose}
      isBusy={update.isPending}
      error={error}
      fields={['name', 'mtu', 'segmentationId', 'isAdminStateUp']}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          label="Network name"
          isRequired
          autoFocus
          value={values.name}
          onValueChange={set('name')}
          error={fieldError(error, 'name')}
        />
        <NumberInput label="MTU" isRequired value={values.mtu} onValueChange={set('mtu')} error={fieldError(error, 'mtu')} />
        {network.type === 'vlan' && (
          <NumberInput
            label="VLAN id"
            isRequired
            value={values.segmentationId}
            onValueChange={set('segmentationId')}
            error={fieldError(error, 'segmentationId')}
          />
        )}
      </div>
      <Checkbox
        label="Admin state up"
        hint="Down: its ports are parked and pass no frames"
        isChecked={values.isAdminStateUp}
        onCheckedChange={set('isAdminStateUp')}
        error={fieldError(error, 'isAdminStateUp')}
      />
    </FormDialog>
  )
}
