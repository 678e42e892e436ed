'use client'

import { checkInput } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { plural } from '@/server/core/explain/words'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { addSubPortsInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { firstRow, SubPortRows } from './SubPortRows'
import { countSubPorts, toSubPorts, type SubPortRow } from './sub-port-values'

interface AddSubPortsFormProps {
  readonly index: TopologyIndex
  readonly trunk: Trunk
  readonly onClose: () => void
}

interface AddedValues {
  readonly rows: readonly SubPortRow[]
}

/** Any number in one edit, so that one plan and one transaction wire them. */
export function AddSubPortsForm({ index, trunk, onClose }: AddSubPortsFormProps) {
  const client = useTRPCClient()
  const toInput = ({ rows }: AddedValues) => ({ id: trunk.id, subPorts: toSubPorts(rows) })
  const form = useForm<AddedValues>({ rows: [firstRow(index)] }, checkInput(addSubPortsInput, toInput))
  const { values, set } = form
  const count = countSubPorts(values.rows)
  const { dialog, error } = useFormSave(form, () => client.trunks.addSubports.mutate(toInput(values)), {
    news: `${plural(count, 'subport')} added`,
    onSaved: onClose,
  })
  return (
    <FormDialog
      title={`Add subports to ${labelTrunk(index.topology, trunk)}`}
      description="Type inherit takes the id of the port’s VLAN network. Several ids in one row make a new port for each."
      submitLabel={count > 1 ? `Add ${plural(count, 'subport')}` : 'Add subport'}
      {...dialog}
      onClose={onClose}
      error={error}
      fields={['subPorts']}
      disabledReason={count === 0 ? 'There is no row.' : null}
    >
      <SubPortRows index={index} rows={values.rows} onRowsChange={set('rows')} onBlur={form.leave('subPorts')} error={error} />
    </FormDialog>
  )
}
