'use client'

import type { FocusEventHandler } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { RemoveRow, RowsField } from '@/components/ui/RowsField'
import { Select, type SelectOption } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { inNetwork, networkOfChoice, portOptions, whyNotSubPort, type PortChoice } from '../port-choices'
import { newRow, rowErrors, type SegmentationType, type SubPortRow } from './sub-port-values'

interface SubPortRowsProps {
  readonly index: TopologyIndex
  readonly rows: readonly SubPortRow[]
  readonly onRowsChange: (rows: readonly SubPortRow[]) => void
  readonly onBlur: FocusEventHandler
  readonly error: unknown
}

const TYPES: readonly SelectOption<SegmentationType>[] = [
  { value: 'vlan', label: 'vlan' },
  { value: 'inherit', label: 'inherit' },
]

/** Subports to be added, a row each; a row with several VLAN ids makes a new port for each. */
export function SubPortRows({ index, rows, onRowsChange, onBlur, error }: SubPortRowsProps) {
  const options = portOptions(index, (port) => whyNotSubPort(index, port))
  return (
    <RowsField
      legend="Subports"
      rows={rows}
      onRowsChange={onRowsChange}
      onBlur={onBlur}
      // The next one is mostly in the same network.
      newRow={(key) => newRow(key, likeLast(rows))}
      addLabel="Add subport"
      empty="None yet; they can be added at any time, also while the VM runs."
    >
      {(row, at, { change, remove }) => (
        <Row
          key={row.key}
          row={row}
          name={`Subport ${at + 1}`}
          inherited={inheritedId(index, row)}
          options={options}
          errors={rowErrors(error, rows, at)}
          onChange={change}
          onRemove={remove}
        />
      )}
    </RowsField>
  )
}

interface RowProps {
  readonly row: SubPortRow
  readonly name: string
  /** What `inherit` means for it; null where there is nothing to inherit. */
  readonly inherited: number | null
  readonly options: readonly SelectOption<PortChoice>[]
  readonly errors: ReturnType<typeof rowErrors>
  readonly onChange: (part: Partial<SubPortRow>) => void
  readonly onRemove: () => void
}

function Row({ row, name, inherited, options, errors, onChange, onRemove }: RowProps) {
  const isInherited = row.type === 'inherit'
  return (
    <div role="group" aria-label={name} className="grid grid-cols-[minmax(0,1fr)_84px_minmax(0,136px)_28px] items-start gap-2">
      <Select
        label="Port"
        isRequired
        value={row.port}
        onValueChange={(port) => onChange({ port })}
        options={options}
        placeholder="Choose a network or port"
        error={errors.port}
      />
      <Select label="Type" value={row.type} onValueChange={(type) => onChange({ type })} options={TYPES} error={errors.type} />
      <TextInput
        label="VLAN in the guest"
        isMono
        isRequired={!isInherited}
        disabled={isInherited}
        value={isInherited ? String(inherited ?? '') : row.ids}
        onValueChange={(ids) => onChange({ ids })}
        placeholder={isInherited ? 'of a VLAN network' : '101 or 101-110'}
        error={errors.ids}
      />
      <RemoveRow label={`Remove ${name.toLowerCase()}`} onRemove={onRemove} />
    </div>
  )
}

const likeLast = (rows: readonly SubPortRow[]): PortChoice => {
  const last = rows.at(-1)?.port ?? ''
  return last.startsWith('network:') ? last : ''
}

function inheritedId(index: TopologyIndex, { port }: SubPortRow): number | null {
  const network = networkOfChoice(index, port)
  return network?.type === 'vlan' ? network.segmentationId : null
}

/** The row a form opens with. */
export const firstRow = ({ topology }: TopologyIndex): SubPortRow =>
  newRow(0, topology.networks.length === 1 ? inNetwork(topology.networks[0]!.id) : '')
