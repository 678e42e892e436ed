'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { labelFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import type { ObjectOf } from '@/server/core/topology/topology'

import { onlyAddress, portOptions } from './floating-ip-values'
import {
  checkForwardingEdit,
  checkNewForwarding,
  forwardingValues,
  newForwarding,
  toForwardingInput,
  toForwardingPatch,
} from './forwarding-values'

interface ForwardingFormProps {
  readonly index: TopologyIndex
  readonly floatingIp: ObjectOf['floatingIp']
  /** Left out: a new one. */
  readonly forwarding?: ObjectOf['portForwarding']
  readonly onClose: () => void
}

const PROTOCOLS = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
] as const

export function ForwardingForm({ index, floatingIp, forwarding, onClose }: ForwardingFormProps) {
  const client = useTRPCClient()
  const form = useForm(
    forwarding ? forwardingValues(forwarding) : newForwarding(floatingIp.id),
    forwarding ? checkForwardingEdit : checkNewForwarding,
  )
  const { values, initial } = form
  const { dialog, field } = useFormSave(
    form,
    () =>
      forwarding
        ? client.portForwardings.update.mutate({
            id: forwarding.id,
            patch: changedSince(toForwardingPatch(initial), toForwardingPatch(values)),
          })
        : client.portForwardings.create.mutate(toForwardingInput(values)),
    { news: forwarding ? 'Port forwarding saved' : 'Port forwarding created', onSaved: onClose },
  )
  const address = labelFloatingIp(index.topology, floatingIp)
  const port = index.port(values.internalPortId)
  return (
    <FormDialog
      title={forwarding ? `Edit port forwarding of ${address}` : `Forward a port of ${address}`}
      description="What comes to the external port is led to a port of a VM; who is connected when it changes is connected no more."
      submitLabel={forwarding ? 'Save port forwarding' : 'Create port forwarding'}
      {...dialog}
      onClose={onClose}
      fields={['protocol', 'externalPort', 'internalPortId', 'internalIpAddress', 'internalPort', 'description']}
    >
      <div className="grid grid-cols-2 gap-3">
        <Select label="Protocol" options={PROTOCOLS} {...field('protocol')} />
        <NumberInput label="External port" isRequired autoFocus hint={`Of ${address}`} {...field('externalPort')} />
      </div>
      <Select
        label="Leads to port"
        isRequired
        options={portOptions(index, floatingIp.networkId, values.internalPortId)}
        placeholder="Choose a port"
        hint="Of a VM: ports that a router joins with the network"
        {...field('internalPortId')}
        onValueChange={(id) => {
          form.set('internalPortId')(id)
          form.set('internalIpAddress')(onlyAddress(index.port(id)))
        }}
      />
      {port && port.fixedIps.length > 1 && (
        <Select
          label="Internal address"
          isRequired
          options={port.fixedIps.map(({ ipAddress }) => ({ value: ipAddress, label: ipAddress }))}
          placeholder="Choose an address"
          {...field('internalIpAddress')}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <NumberInput label="Internal port" isRequired hint="Where the VM listens" {...field('internalPort')} />
        <TextInput label="Description" {...field('description')} />
      </div>
    </FormDialog>
  )
}
