'use client'

import { RemovePartsDialog } from '@/components/design/RemovePartsDialog'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
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
  const ports = portsIn(index, group.id).length
  return (
    <RemovePartsDialog
      what={plural(rules.length, 'rule')}
      from={group.name}
      parts={rules.map((rule) => labelRule(index.topology, rule))}
      send={() => client.securityGroups.removeRules.mutate({ id: group.id, ruleIds: rules.map(({ id }) => id) })}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      {ports === 0
        ? 'No port is in the group, so no host changes.'
        : `It concerns ${plural(ports, 'port')}. Hosts keep the rules until the next plan is applied; it also ends the connections that only these rules allowed.`}
    </RemovePartsDialog>
  )
}
