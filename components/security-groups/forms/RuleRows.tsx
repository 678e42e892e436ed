'use client'

import type { FocusEventHandler } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { RowsField } from '@/components/ui/RowsField'
import type { SelectOption } from '@/components/ui/Select'
import type { RuleDirection, SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'

import { remoteOptions } from './remote-options'
import { RuleFields } from './RuleFields'
import { newRule, ruleErrors, type RemoteChoice, type RuleRow } from './rule-values'

interface RuleRowsProps {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  readonly direction: RuleDirection
  readonly rows: readonly RuleRow[]
  readonly onRowsChange: (rows: readonly RuleRow[]) => void
  readonly leave: (at: string) => FocusEventHandler
  readonly error: unknown
  /** What is wrong with all of them together. */
  readonly groupMessage: string | null
}

/** Rules to be added, one below the other. */
export function RuleRows({ index, group, direction, rows, onRowsChange, leave, error, groupMessage }: RuleRowsProps) {
  const remotes: readonly SelectOption<RemoteChoice>[] = remoteOptions(index, group)
  return (
    <RowsField
      rows={rows}
      onRowsChange={onRowsChange}
      newRow={(key) => newRule(key, direction)}
      addLabel="Add another rule"
      empty="None yet."
      error={groupMessage}
    >
      {(row, at, { change, remove }) => (
        <RuleFields
          key={row.key}
          name={`Rule ${at + 1}`}
          row={row}
          remotes={remotes}
          errors={ruleErrors(error, row, at)}
          onBlur={leave(`rules.${at}`)}
          onChange={change}
          onRemove={remove}
        />
      )}
    </RowsField>
  )
}
