'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { plural } from '@/server/core/explain/words'
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
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set())
  const ticked = rules.filter(({ id }) => ticks.has(id))
  const { q } = state.view
  const shown = filterRules(index, rules, q)
  const add = (
    <Button variant={rules.length === 0 ? 'primary' : 'secondary'} onClick={() => state.open('add')}>
      <Plus aria-hidden />
      Add rules
    </Button>
  )
  if (rules.length === 0) {
    return (
      <EmptyState title={NOTHING[direction].title} action={add}>
        {NOTHING[direction].text}
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label="Filter rules" value={q} onValueChange={state.filter} count={`${shown.length} of ${rules.length}`} />
        <div className="ml-auto flex items-center gap-2">
          {ticked.length > 0 && (
            <Button variant="danger" onClick={() => state.open('remove')}>
              <Trash2 aria-hidden />
              Remove {plural(ticked.length, 'rule')}
            </Button>
          )}
          {add}
        </div>
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 ? (
          <NoMatch
            noun="rule"
            filter={q}
            onClear={() => state.filter('')}
            searched="Protocols, ports, addresses, groups, descriptions and ids are searched."
          />
        ) : (
          <RulesTable
            index={index}
            group={group}
            direction={direction}
            rules={shown}
            ticked={ticks}
            onTick={(id, isTicked) => setTicks(new Set(isTicked ? [...ticks, id] : [...ticks].filter((each) => each !== id)))}
          />
        )}
      </div>
      {state.view.do === 'remove' && ticked.length > 0 && (
        <RemoveRulesDialog
          index={index}
          group={group}
          rules={ticked}
          onClose={state.closeDialog}
          onRemoved={() => {
            setTicks(new Set())
            state.closeDialog()
          }}
        />
      )}
    </div>
  )
}
