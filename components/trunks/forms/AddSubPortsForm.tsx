'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useSave } from '@/components/networks/forms/use-save'
import { plural } from '@/server/core/explain/words'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { firstRow, SubPortRows } from './SubPortRows'
import { countSubPorts, toSubPorts, type SubPortRow } from './sub-port-values'

interface AddSubPortsFormProps {
  readonly index: TopologyIndex
  readonly trunk: Trunk
  readonly onClose: () => void
}

/** Any number in one edit, so that one plan and one transaction wire them. */
export function AddSubPortsForm({ index, trunk, onClose }: AddSubPortsFormProps) {
  const client = useTRPCClient()
  const { values, set } = useForm<{ readonly rows: readonly SubPortRow[] }>({ rows: [firstRow(index)] })
  const count = countSubPorts(values.rows)
  const save = useSave(() => client.trunks.addSubports.mutate({ id: trunk.id, subPorts: toSubPorts(values.rows) }), {
    news: `${plural(count, 'subport')} added`,
    onSaved: onClose,
  })
  return (
    <FormDialog
      title={`Add subports to ${labelTrunk(index.topology, trunk)}`}
      description="Type inherit takes the id of the port’s VLAN network. Several ids in one row make a new port for each."
      submitLabel={count > 1 ? `Add ${plural(count, 'subport')}` : 'Add subport'}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      fields={['subPorts']}
      disabledReason={count === 0 ? 'There is no row.' : null}
    >
      <SubPortRows index={index} rows={values.rows} onRowsChange={set('rows')} error={save.error} />
    </FormDialog>
  )
}
