'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { onlyId, toOptions, type FormProps } from '@/components/networks/forms/form-props'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { gatewayNetworks } from '@/components/routers/forms/router-values'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { AssociationFields } from './AssociationFields'
import { checkNewFloatingIp, onlyAddress, toFloatingIpInput, type FloatingIpValues } from './floating-ip-values'

interface CreateFloatingIpFormProps extends FormProps {
  /** Chosen beforehand; '' is none. */
  readonly portId: string
}

export function CreateFloatingIpForm({ index, portId, onClose, onCreated }: CreateFloatingIpFormProps) {
  const { projects } = index.topology
  const client = useTRPCClient()
  const form = useForm<FloatingIpValues>(
    {
      projectId: onlyId(projects),
      networkId: onlyId(index.topology.networks.filter(({ isExternal }) => isExternal)),
      ipAddress: '',
      fixedPortId: portId,
      fixedIpAddress: onlyAddress(index.port(portId)),
      description: '',
    },
    checkNewFloatingIp,
  )
  const { values } = form
  const { dialog, error, field } = useFormSave(form, () => client.floatingIps.create.mutate(toFloatingIpInput(values)), {
    news: 'Floating IP created',
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create floating IP"
      description="An address of an external network, by which a port is reached from there."
      submitLabel="Create floating IP"
      {...dialog}
      onClose={onClose}
      fields={['projectId', 'networkId', 'ipAddress', 'fixedPortId', 'fixedIpAddress', 'description']}
    >
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="External network"
          isRequired
          autoFocus
          options={gatewayNetworks(index, values.networkId)}
          placeholder="Choose a network"
          {...field('networkId')}
        />
        <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />
        <TextInput label="Address" isMono placeholder="allocated" hint="Empty: the lowest free one" {...field('ipAddress')} />
        <TextInput label="Description" {...field('description')} />
      </div>
      <AssociationFields index={index} form={form} error={error} />
    </FormDialog>
  )
}
