'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import type { Subnet } from '@/server/core/topology/topology'

import { onlyId, type FormProps } from './form-props'
import { SubnetFields } from './SubnetFields'
import { emptySubnet, subnetValues, toSubnetInput, toSubnetPatch } from './subnet-values'
import { useEditDone } from './use-edit-done'

interface SubnetFormProps extends FormProps {
  /** Set to edit it. */
  readonly subnet?: Subnet
  /** Network chosen beforehand. */
  readonly networkId?: string
}

export function SubnetForm({ index, subnet, networkId, onClose, onCreated }: SubnetFormProps) {
  const { networks } = index.topology
  const initial = subnet ? subnetValues(subnet) : { ...emptySubnet, networkId: networkId ?? onlyId(networks) }
  const form = useForm(initial)
  const { create, update } = useSave(form.values.name || form.values.cidr, onClose, onCreated)
  const error = create.error ?? update.error
  const save = () => {
    if (subnet) update.mutate({ id: subnet.id, patch: toSubnetPatch(form.values) })
    else create.mutate(toSubnetInput(form.values))
  }
  return (
    <FormDialog
      title={subnet ? `Edit subnet ${subnet.name || subnet.cidr}` : 'Create subnet'}
      description={subnet ? 'A subnet’s CIDR is for life.' : 'Addresses for the ports of a network, and its DHCP.'}
      submitLabel={subnet ? 'Save subnet' : 'Create subnet'}
      onSubmit={save}
      onClose={onClose}
      isBusy={create.isPending || update.isPending}
      error={error}
      fields={['networkId', 'name', 'cidr', 'gatewayIp', 'isDhcpEnabled', 'dnsNameservers', 'allocationPools']}
      disabledReason={networks.length === 0 ? 'Create a network first.' : null}
    >
      <SubnetFields form={form} index={index} isNew={!subnet} errorOf={(field) => fieldError(error, field)} />
    </FormDialog>
  )
}

function useSave(label: string, onClose: () => void, onCreated: (id: string) => void) {
  const trpc = useTRPC()
  const done = useEditDone()
  const create = useMutation(
    trpc.subnets.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`Subnet ${label} created`)
        onCreated(id)
      },
    }),
  )
  const update = useMutation(
    trpc.subnets.update.mutationOptions({
      onSuccess: async () => {
        await done(`Subnet ${label} saved`)
        onClose()
      },
    }),
  )
  return { create, update }
}
