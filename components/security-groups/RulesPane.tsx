'use client'

import { Plus } from 'lucide-react'

import { ListPane } from '@/components/design/ListPane'
import { RemoveTicked } from '@/components/design/RemoveTicked'
import { useTicks } from '@/components/design/use-ticks'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import type { RuleDirection, SecurityGroup, SecurityGroupRule } from '@/server/core/topology/kinds/security-group/security-group'

import { RemoveRulesDialog } from './forms/RemoveRulesDialog'
import { RulesTable } from './RulesTable'
import { filterRules } from './security-group-rows'
import type { SecurityGroupViewState } from './use-security-group-view'

interface RulesPaneProps {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  readonly direction: RuleDirection
  readonly rules: readonly SecurityGroupRule[]
  readonly state: SecurityGroupViewState
}

const NOTHING: Record<RuleDirection, { readonly title: string; readonly text: string }> = {
  ingress: {
    title: 'Nothing may come in',
    text: 'No rule of this group lets a connection in to its ports. What they open themselves is answered all the same, and DHCP works. Add a rule for what shall reach them, SSH for example.',
  },
  egress: {
    title: 'Nothing may go out',
    text: 'No rule of this group lets its ports open a connection. They answer those that come in, and DHCP works. Add a rule for what they shall reach: mostly any protocol, once for IPv4 and once for IPv6.',
  },
}

/** The rules of one direction; those that are ticked are removed together, in one edit. */
export function RulesPane({ index, group, direction, rules, state }: RulesPaneProps) {
  const { ticks, tick, clear } = useTicks()
  const ticked = rules.filter(({ id }) => ticks.has(id))
  const { q } = state.view
  const shown = filterRules(index, rules, q)
  const add = (
    <Button variant={rules.length === 0 ? 'primary' : 'secondary'} onClick={() => state.open('add')}>
      <Plus aria-hidden />
      Add rules
    </Button>
  )
  return (
    <>
      <ListPane
        noun="rule"
        total={rules.length}
        shown={shown.length}
        filter={q}
        onFilter={state.filter}
        searched="Protocols, ports, addresses, groups, descriptions and ids are searched."
        nothing={{ ...NOTHING[direction], action: add }}
        actions={
          <>
            <RemoveTicked noun="rule" count={ticked.length} onRemove={() => state.open('remove')} />
            {add}
          </>
        }
      >
        <RulesTable index={index} group={group} direction={direction} rules={shown} ticked={ticks} onTick={tick} />
      </ListPane>
      {state.view.do === 'remove' && ticked.length > 0 && (
        <RemoveRulesDialog
          index={index}
          group={group}
          rules={ticked}
          onClose={state.closeDialog}
          onRemoved={() => {
            clear()
            state.closeDialog()
          }}
        />
      )}
    </>
  )
}
