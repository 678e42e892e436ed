'use client'

import { fieldError } from '@/components/lib/app-error'
import { checkInput } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { onlyId, toOptions, type FormProps } from '@/components/networks/forms/form-props'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { trunkInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { trunkKind } from '@/server/core/topology/kinds/trunk/trunk-kind'

import { existingPort, networkOfChoice, portOptions, toPort, whyNotParent, type PortChoice } from '../port-choices'
import { SubPortRows } from './SubPortRows'
import { toSubPorts, type SubPortRow } from './sub-port-values'

interface CreateTrunkFormProps extends FormProps {
  /** Parent chosen beforehand. */
  readonly parentId: string | null
}

interface TrunkValues {
  readonly name: string
  readonly description: string
  readonly projectId: string
  readonly parent: PortChoice
  readonly rows: readonly SubPortRow[]
}

export function CreateTrunkForm({ index, parentId, onClose, onCreated }: CreateTrunkFormProps) {
  const { projects, networks } = index.topology
  const client = useTRPCClient()
  const parent = parentId === null ? undefined : index.port(parentId)
  const toInput = ({ name, description, projectId, parent: chosen, rows }: TrunkValues) => ({
    name,
    description,
    // Who names no project means that of the parent's network.
    projectId: projectId || (networkOfChoice(index, chosen)?.projectId ?? ''),
    ...toPort(chosen),
    subPorts: toSubPorts(rows),
  })
  const proposed: TrunkValues = {
    name: '',
    description: '',
    projectId: index.network(parent?.networkId ?? '')?.projectId ?? onlyId(projects),
    parent: parent ? existingPort(parent.id) : '',
    rows: [],
  }
  const form = useForm(proposed, checkInput(trunkInput, toInput, trunkKind.fieldRules))
  const { values, set } = form
  const input = toInput(values)
  const { dialog, error, field } = useFormSave(form, () => client.trunks.create.mutate(input), {
    news: values.name === '' ? 'Trunk created' : `Trunk ${values.name} created`,
    onSaved: onCreated,
  })
  return (
    <FormDialog
      title="Create trunk"
      description="A NIC of a VM that carries several networks: the parent’s untagged, each subport’s in a VLAN of the guest’s."
      submitLabel="Create trunk"
      {...dialog}
      onClose={onClose}
      fields={['name', 'description', 'projectId', 'portId', 'networkId', 'subPorts']}
      disabledReason={networks.length === 0 ? 'Create a network first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Trunk name" autoFocus {...field('name')} />
        <Select
          label="Project"
          isRequired
          options={toOptions(projects)}
          placeholder="Choose a project"
          {...field('projectId')}
          value={input.projectId}
        />
        <Select
          label="Parent port"
          className="col-span-2"
          isRequired
          value={values.parent}
          onValueChange={set('parent')}
          options={portOptions(index, (port) => whyNotParent(index, port))}
          placeholder="Choose a network or port"
          error={fieldError(error, 'portId') ?? fieldError(error, 'networkId')}
          hint="A trunk is made before its VM boots. Then create the VM with the parent as its NIC."
        />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <SubPortRows index={index} rows={values.rows} onRowsChange={set('rows')} onBlur={form.leave('subPorts')} error={error} />
    </FormDialog>
  )
}
