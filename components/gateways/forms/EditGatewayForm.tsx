'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import { checkGatewayEdit, gatewayValues, toGatewayPatch } from './gateway-values'
import { GATEWAY_FIELDS, GatewayFields } from './GatewayFields'

interface EditGatewayFormProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
  readonly onClose: () => void
}

/** The external network is for life. */
export function EditGatewayForm({ index, cluster, onClose }: EditGatewayFormProps) {
  const client = useTRPCClient()
  const form = useForm(gatewayValues(cluster), checkGatewayEdit)
  const { values, initial } = form
  const { dialog, error, field } = useFormSave(
    form,
    () => client.gatewayClusters.update.mutate({ id: cluster.id, patch: changedSince(toGatewayPatch(initial), toGatewayPatch(values)) }),
    { news: `Gateway cluster ${values.name} saved`, onSaved: onClose },
  )
  return (
    <FormDialog
      title={`Edit gateway cluster ${cluster.name}`}
      submitLabel="Save gateway cluster"
      size="lg"
      {...dialog}
      onClose={onClose}
      fields={GATEWAY_FIELDS}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Gateway cluster name" isRequired autoFocus {...field('name')} />
        <TextInput label="Description" {...field('description')} />
      </div>
      <GatewayFields index={index} form={form} error={error} clusterId={cluster.id} />
    </FormDialog>
  )
}
