'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { onlyId, type FormProps } from '@/components/networks/forms/form-props'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { gatewayNetworks } from '@/components/routers/forms/router-values'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { checkNewGateway, emptyGateway, toGatewayInput } from './gateway-values'
import { GATEWAY_FIELDS, GatewayFields } from './GatewayFields'

export function CreateGatewayForm({ index, onClose, onCreated }: FormProps) {
  const client = useTRPCClient()
  const networkId = onlyId(index.topology.networks.filter(({ isExternal }) => isExternal))
  const form = useForm({ ...emptyGateway, networkId }, checkNewGateway)
  const { dialog, error, field } = useFormSave(form, () => client.gatewayClusters.create.mutate(toGatewayInput(form.values)), {
    news: `Gateway cluster ${form.values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create gateway cluster"
      description="Routers lead out by it once they are told to."
      submitLabel="Create gateway cluster"
      size="lg"
      {...dialog}
      onClose={onClose}
      fields={GATEWAY_FIELDS}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Gateway cluster name" isRequired autoFocus {...field('name')} />
        <Select
          label="External network"
          isRequired
          options={gatewayNetworks(index, form.values.networkId)}
          placeholder="Choose a network"
          {...field('networkId')}
        />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <GatewayFields index={index} form={form} error={error} clusterId={null} />
    </FormDialog>
  )
}
