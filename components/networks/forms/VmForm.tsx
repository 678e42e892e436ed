'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { existingPort, inNetwork, networkOfChoice, type PortChoice } from '@/components/trunks/port-choices'

import { onlyId, type FormProps } from './form-props'
import { useFormSave } from './use-form-save'
import { VM_FIELDS, VmFields } from './VmFields'
import { checkNewVm, likeVm, toVmInput, type VmValues } from './vm-values'

interface VmFormProps extends FormProps {
  /** Chosen beforehand, for the first NIC. */
  readonly networkId?: string
  readonly portId?: string
}

export function VmForm({ index, networkId, portId, onClose, onCreated }: VmFormProps) {
  const { projects, networks, vms } = index.topology
  const client = useTRPCClient()
  const nic = firstNic(portId, networkId ?? onlyId(networks))
  const proposed: VmValues = {
    ...likeVm(vms[vms.length - 1]),
    projectId: networkOfChoice(index, nic)?.projectId ?? onlyId(projects),
    nics: [nic],
  }
  const form = useForm(proposed, checkNewVm)
  const { values } = form
  const { dialog, error } = useFormSave(form, () => client.vms.create.mutate(toVmInput(values)), {
    news: `VM ${values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create VM"
      description="Its ports come and go with it: one per network, bound to its host. A port that was there before stays."
      submitLabel="Create VM"
      {...dialog}
      onClose={onClose}
      fields={['projectId', ...VM_FIELDS]}
      disabledReason={missingFor(index)}
    >
      <VmFields index={index} form={form} error={error} />
    </FormDialog>
  )
}

const firstNic = (portId: string | undefined, networkId: string): PortChoice => {
  if (portId) return existingPort(portId)
  return networkId === '' ? '' : inNetwork(networkId)
}

function missingFor({ topology }: TopologyIndex): string | null {
  if (topology.projects.length === 0) return 'Create a project first.'
  if (topology.networks.length === 0) return 'Create a network first.'
  return topology.hosts.some(({ roles }) => roles.includes('compute')) ? null : 'Register a compute host first.'
}
