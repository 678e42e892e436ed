'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { TextInput } from '@/components/ui/TextInput'
import { labelFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import { forwardingsOf } from '@/server/core/topology/port-forwardings'
import type { ObjectOf } from '@/server/core/topology/topology'

import { AssociationFields } from './AssociationFields'
import { checkFloatingIpEdit, floatingIpValues, toFloatingIpPatch } from './floating-ip-values'

interface EditFloatingIpFormProps {
  readonly index: TopologyIndex
  readonly floatingIp: ObjectOf['floatingIp']
  readonly onClose: () => void
}

/** Network and address are for life; whom it leads to may change. */
export function EditFloatingIpForm({ index, floatingIp, onClose }: EditFloatingIpFormProps) {
  const client = useTRPCClient()
  const form = useForm(floatingIpValues(floatingIp), checkFloatingIpEdit)
  const { values, initial } = form
  const address = labelFloatingIp(index.topology, floatingIp)
  const isForwarding = forwardingsOf(index.topology.portForwardings, floatingIp.id).length > 0
  const { dialog, error, field } = useFormSave(
    form,
    () =>
      client.floatingIps.update.mutate({ id: floatingIp.id, patch: changedSince(toFloatingIpPatch(initial), toFloatingIpPatch(values)) }),
    { news: `Floating IP ${address} saved`, onSaved: onClose },
  )
  return (
    <FormDialog
      title={`Edit floating IP ${address}`}
      description={
        isForwarding
          ? 'It has port forwardings, and so leads to no port as a whole.'
          : 'Leading it to another port ends the connections that go by it.'
      }
      submitLabel="Save floating IP"
      {...dialog}
      onClose={onClose}
      fields={['fixedPortId', 'fixedIpAddress', 'description']}
    >
      {!isForwarding && <AssociationFields index={index} form={form} error={error} />}
      <TextInput label="Description" {...field('description')} />
    </FormDialog>
  )
}
