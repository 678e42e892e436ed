'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { dhcpPortsOf } from '@/server/core/topology/lookup'
import type { ObjectOf } from '@/server/core/topology/topology'

import { checkNetwork, EXTERNAL_HINT, networkEdit, networkPatchFor, type NetworkEdit } from './network-values'
import { networkHosts } from './form-props'
import { useFormSave } from './use-form-save'

interface EditNetworkFormProps {
  readonly index: TopologyIndex
  readonly network: ObjectOf['network']
  readonly onClose: () => void
}

/** Type and physical network are for life; of the segment only a VLAN's id may change. */
export function EditNetworkForm({ index: { topology }, network, onClose }: EditNetworkFormProps) {
  const client = useTRPCClient()
  const form = useForm<NetworkEdit>(networkEdit(network, dhcpPortsOf(topology.ports, network.id)[0]?.hostId ?? null), checkNetwork(network))
  const toPatch = networkPatchFor(network)
  const send = () => client.networks.update.mutate({ id: network.id, patch: changedSince(toPatch(form.initial), toPatch(form.values)) })
  const { dialog, field, flag } = useFormSave(form, send, { news: `Network ${form.values.name} saved`, onSaved: onClose })
  return (
    <FormDialog
      title={`Edit network ${network.name}`}
      submitLabel="Save network"
      {...dialog}
      onClose={onClose}
      fields={['name', 'description', 'mtu', 'segmentationId', 'isAdminStateUp', 'isExternal', 'dhcpHostId']}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Network name" isRequired autoFocus {...field('name')} />
        <NumberInput label="MTU" isRequired {...field('mtu')} />
        {network.type === 'vlan' && <NumberInput label="VLAN id" isRequired {...field('segmentationId')} />}
        {form.initial.dhcpHostId !== '' && (
          <Select label="DHCP server on" options={networkHosts(topology, form.initial.dhcpHostId)} {...field('dhcpHostId')} />
        )}
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <Checkbox label="Admin state up" hint="Down: its ports are parked and pass no frames" {...flag('isAdminStateUp')} />
      <Checkbox label="External network" hint={EXTERNAL_HINT} {...flag('isExternal')} />
    </FormDialog>
  )
}
