'use client'

import { appError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useSave } from '@/components/networks/forms/use-save'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { plural } from '@/server/core/explain/words'
import { labelRule } from '@/server/core/topology/kinds/security-group/security-group-label'
import type { SecurityGroup, SecurityGroupRule } from '@/server/core/topology/kinds/security-group/security-group'

import { portsIn } from '../security-group-rows'

interface RemoveRulesDialogProps {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  readonly rules: readonly SecurityGroupRule[]
  readonly onClose: () => void
  readonly onRemoved: () => void
}

export function RemoveRulesDialog({ index, group, rules, onClose, onRemoved }: RemoveRulesDialogProps) {
  const client = useTRPCClient()
  const what = plural(rules.length, 'rule')
  const ports = portsIn(index, group.id).length
  const remove = useSave(() => client.securityGroups.removeRules.mutate({ id: group.id, ruleIds: rules.map(({ id }) => id) }), {
    news: `${what} removed`,
    onSaved: onRemoved,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Remove ${what} from ${group.name}?`}
      destroyed={rules.map((rule) => labelRule(index.topology, rule))}
      confirmLabel={`Remove ${what}`}
      isBusy={remove.isPending}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
    >
      {ports === 0
        ? 'No port is in the group, so no host changes.'
        : `It concerns ${plural(ports, 'port')}. Hosts keep the rules until the next plan is applied; it also ends the connections that only these rules allowed.`}
    </ConfirmDialog>
  )
}
