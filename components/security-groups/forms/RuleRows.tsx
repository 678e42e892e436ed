'use client'

import { Plus } from 'lucide-react'
import type { FocusEventHandler } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import type { SelectOption } from '@/components/ui/Select'
import type { RuleDirection, SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'

import { remoteOptions } from './remote-options'
import { RuleFields } from './RuleFields'
import { newRule, nextKey, ruleErrors, type RemoteChoice, type RuleRow } from './rule-values'

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
  const change = (row: RuleRow) => onRowsChange(rows.map((each) => (each.key === row.key ? row : each)))
  return (
    <div className="flex flex-col gap-3">
      {rows.map((row, at) => (
        <RuleFields
          key={row.key}
          name={`Rule ${at + 1}`}
          row={row}
          remotes={remotes}
          errors={ruleErrors(error, row, at)}
          onBlur={leave(`rules.${at}`)}
          onChange={change}
          onRemove={() => onRowsChange(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      {rows.length === 0 && <p className="text-faint">None yet.</p>}
      {groupMessage && (
        <p role="alert" className="text-sm text-bad">
          {groupMessage}
        </p>
      )}
      <div>
        <Button size="sm" onClick={() => onRowsChange([...rows, newRule(nextKey(rows), direction)])}>
          <Plus aria-hidden />
          Add another rule
        </Button>
      </div>
    </div>
  )
}
