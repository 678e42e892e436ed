'use client'

import { fieldError } from '@/components/lib/app-error'
import { checkInput } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex, TrunkMember } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { switchesOf, useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { moveSubPortInput } from '@/server/core/topology/kinds/trunk/trunk-input'

import { existingPort, portOptions, toPort, whyNotSubPort, type PortChoice } from '../port-choices'

interface MoveSubPortFormProps {
  readonly index: TopologyIndex
  readonly member: TrunkMember
  readonly port: Port
  readonly onClose: () => void
}

interface MoveValues {
  readonly to: PortChoice
  readonly id: string
  readonly keepsMac: boolean
  readonly deletesPorts: boolean
}

const isInNetwork = (choice: PortChoice): boolean => choice.startsWith('network:')

/** The guest keeps its VLAN, or gets another one; the network behind it changes, in one edit. */
export function MoveSubPortForm({ index, member: { trunk, subPort }, port, onClose }: MoveSubPortFormProps) {
  const client = useTRPCClient()
  // A port without a name was made for the trunk: nobody will miss it.
  const now: MoveValues = {
    to: existingPort(port.id),
    id: String(subPort.segmentationId),
    keepsMac: true,
    deletesPorts: port.name === '',
  }
  const toInput = ({ to, id, keepsMac, deletesPorts }: MoveValues, initial: MoveValues) => ({
    id: trunk.id,
    portId: port.id,
    to: {
      ...(to !== now.to && toPort(to)),
      ...(isInNetwork(to) && keepsMac && { macAddress: port.macAddress }),
      ...(id !== initial.id && { segmentationId: id }),
    },
    deletesPorts: deletesPorts && to !== now.to,
  })
  const form = useForm(now, checkInput(moveSubPortInput, toInput))
  const { values, set } = form
  const stays = values.to === now.to
  const isNew = isInNetwork(values.to)
  const { dialog, error } = useFormSave(form, () => client.trunks.moveSubport.mutate(toInput(values, form.initial)), {
    news: stays ? `VLAN of ${labelPort(index.topology, port)} saved` : `VLAN ${values.id} moved`,
    onSaved: onClose,
  })
  const errorOf = (...keys: readonly string[]) =>
    keys.map((key) => fieldError(error, `to.${key}`)).find((message) => message !== null) ?? null
  const current = index.network(port.networkId)
  const networks = index.topology.networks.filter(({ id }) => id !== port.networkId)
  return (
    <FormDialog
      title={`Move ${labelPort(index.topology, port)}`}
      description={`VLAN ${subPort.segmentationId} of the guest leads to ${current?.name ?? '?'} now. With the same MAC its interface stays, and the guest only asks DHCP again; with another one it is made anew.`}
      submitLabel="Move subport"
      {...dialog}
      onClose={onClose}
      fields={['to.portId', 'to.networkId', 'to.macAddress', 'to.segmentationId']}
      disabledReason={stays && values.id === form.initial.id ? 'Choose another network or VLAN.' : null}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_120px] gap-3">
        <Select
          label="To"
          isRequired
          value={values.to}
          onValueChange={set('to')}
          options={[
            { value: existingPort(port.id), label: `${current?.name ?? '?'}: stays`, group: 'Now' },
            ...portOptions(index, (each) => whyNotSubPort(index, each), networks).filter(({ value }) => value !== existingPort(port.id)),
          ]}
          error={errorOf('portId', 'networkId', 'macAddress')}
        />
        <TextInput
          label="VLAN in the guest"
          isMono
          isRequired
          value={values.id}
          onValueChange={set('id')}
          onBlur={form.leave('to.segmentationId')}
          error={errorOf('segmentationId')}
        />
      </div>
      <Checkbox
        label="Keep the MAC address"
        hint={port.macAddress}
        disabledReason={stays || isNew ? null : 'The chosen port has its own.'}
        {...switchesOf(form, null)('keepsMac')}
      />
      <Checkbox
        label="Delete the port it leaves"
        hint={`${labelPort(index.topology, port)}, ${port.macAddress}`}
        disabledReason={stays ? 'It stays in use.' : null}
        {...switchesOf(form, null)('deletesPorts')}
      />
    </FormDialog>
  )
}
