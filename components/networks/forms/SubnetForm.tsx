'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import type { ObjectOf } from '@/server/core/topology/topology'

import { onlyId, type FormProps } from './form-props'
import { SubnetFields } from './SubnetFields'
import { checkNewSubnet, checkSubnet, emptySubnet, subnetValues, toSubnetInput, toSubnetPatch } from './subnet-values'
import { useFormSave } from './use-form-save'

interface SubnetFormProps extends FormProps {
  /** Set to edit it. */
  readonly subnet?: ObjectOf['subnet']
  /** Network chosen beforehand. */
  readonly networkId?: string
}

export function SubnetForm({ index, subnet, networkId, onClose, onCreated }: SubnetFormProps) {
  const { networks } = index.topology
  const form = useForm(
    subnet ? subnetValues(subnet) : { ...emptySubnet, networkId: networkId ?? onlyId(networks) },
    subnet ? checkSubnet : checkNewSubnet,
  )
  const { values, initial } = form
  const client = useTRPCClient()
  const { dialog, error } = useFormSave(
    form,
    () =>
      subnet
        ? client.subnets.update.mutate({ id: subnet.id, patch: changedSince(toSubnetPatch(initial), toSubnetPatch(values)) })
        : client.subnets.create.mutate(toSubnetInput(values)),
    { news: `Subnet ${values.name || values.cidr} ${subnet ? 'saved' : 'created'}`, onSaved: subnet ? onClose : onCreated },
  )
  return (
    <FormDialog
      title={subnet ? `Edit subnet ${subnet.name || subnet.cidr}` : 'Create subnet'}
      description={subnet ? 'A subnet’s CIDR is for life.' : 'Addresses for the ports of a network, and its DHCP.'}
      submitLabel={subnet ? 'Save subnet' : 'Create subnet'}
      {...dialog}
      onClose={onClose}
      fields={['networkId', 'name', 'description', 'cidr', 'gatewayIp', 'isDhcpEnabled', 'dnsNameservers', 'allocationPools']}
      disabledReason={networks.length === 0 ? 'Create a network first.' : null}
    >
      <SubnetFields form={form} index={index} isNew={!subnet} error={error} />
    </FormDialog>
  )
}
