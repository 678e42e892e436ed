'use client'

import { Plus, X } from 'lucide-react'
import type { FocusEventHandler, ReactNode } from 'react'

import { Button } from './Button'
import { FieldError } from './FieldError'
import { IconButton } from './IconButton'
import { nextKey, type KeyedRow } from './keyed-rows'

interface RowsFieldProps<Row extends KeyedRow> {
  /** What the rows are; without it something else around them says it. */
  readonly legend?: string
  readonly rows: readonly Row[]
  readonly onRowsChange: (rows: readonly Row[]) => void
  readonly onBlur?: FocusEventHandler
  readonly newRow: (key: number) => Row
  readonly addLabel: string
  readonly disabledReason?: string | null
  /** Instead of rows. */
  readonly empty: ReactNode
  /** What is wrong with all of them together. */
  readonly error?: string | null
  readonly children: (row: Row, at: number, acts: RowActs<Row>) => ReactNode
}

interface RowActs<Row> {
  readonly change: (part: Partial<Row>) => void
  readonly remove: () => void
}

/** A list that is typed, a row each, with a button for one more. */
export function RowsField<Row extends KeyedRow>(props: RowsFieldProps<Row>) {
  const { legend, rows, onRowsChange, newRow, addLabel, disabledReason = null, empty, error, children } = props
  const actsOn = ({ key }: Row): RowActs<Row> => ({
    change: (part) => onRowsChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
    remove: () => onRowsChange(rows.filter((row) => row.key !== key)),
  })
  const Group = legend ? 'fieldset' : 'div'
  return (
    <Group className="flex flex-col gap-2" onBlur={props.onBlur}>
      {legend && <legend className="mb-1 text-sm font-medium text-dim">{legend}</legend>}
      {rows.map((row, at) => children(row, at, actsOn(row)))}
      {rows.length === 0 && empty && <p className="text-faint">{empty}</p>}
      <FieldError message={error} />
      <div>
        <Button size="sm" disabledReason={disabledReason} onClick={() => onRowsChange([...rows, newRow(nextKey(rows))])}>
          <Plus aria-hidden />
          {addLabel}
        </Button>
      </div>
    </Group>
  )
}

/** At the end of a row, beside its inputs. */
export const RemoveRow = ({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) => (
  <IconButton label={label} className="mt-5" onClick={onRemove}>
    <X />
  </IconButton>
)
