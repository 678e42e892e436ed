'use client'

import { groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { plural } from '@/server/core/explain/words'
import type { RuleDirection, SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'

import { RuleRows } from './RuleRows'
import { checkNewRules, newRule, toRules, type RulesValues } from './rule-values'

interface AddRulesFormProps {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  /** Which tab is in view. */
  readonly direction: RuleDirection
  readonly onClose: () => void
}

/** Any number in one edit, so that one plan and one transaction per host brings them. */
export function AddRulesForm({ index, group, direction, onClose }: AddRulesFormProps) {
  const client = useTRPCClient()
  const form = useForm<RulesValues>({ id: group.id, rows: [newRule(0, direction)] }, checkNewRules)
  const { rows } = form.values
  const { dialog, error } = useFormSave(form, () => client.securityGroups.addRules.mutate({ id: group.id, rules: toRules(rows) }), {
    news: `${plural(rows.length, 'rule')} added`,
    onSaved: onClose,
  })
  return (
    <FormDialog
      title={`Add rules to ${group.name}`}
      description="Each rule allows something; nothing forbids. What no rule of any group of a port allows is dropped."
      submitLabel={rows.length > 1 ? `Add ${plural(rows.length, 'rule')}` : 'Add rule'}
      size="lg"
      {...dialog}
      onClose={onClose}
      error={error}
      fields={['rules']}
      disabledReason={rows.length === 0 ? 'There is no rule.' : null}
    >
      <RuleRows
        index={index}
        group={group}
        direction={direction}
        rows={rows}
        onRowsChange={form.set('rows')}
        leave={form.leave}
        error={error}
        groupMessage={groupError(error, 'rules')}
      />
    </FormDialog>
  )
}
