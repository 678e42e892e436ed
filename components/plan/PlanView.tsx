'use client'

import { useMemo } from 'react'

import { Tabs } from '@/components/ui/Tabs'
import type { Plan } from '@/server/core/plan/plan'

import { BlastRadius } from './BlastRadius'
import { BlockedNotes } from './BlockedNotes'
import { WarningNotes } from './WarningNotes'
import { PlanCommands } from './PlanCommands'
import { PlanObjects } from './PlanObjects'
import { countChanges, planRows } from './plan-rows'
import type { PlanTab } from './view-params'

interface PlanViewProps {
  readonly plan: Plan
  readonly tab: PlanTab
  readonly onTabChange: (tab: PlanTab) => void
  readonly filter: string
}

/** A plan in three views: what changes, what runs, who loses packets. */
export function PlanView({ plan, tab, onTabChange, filter }: PlanViewProps) {
  const rows = useMemo(() => planRows(plan, filter), [plan, filter])
  const steps = plan.hosts.reduce((sum, host) => sum + host.steps.length, 0)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <BlockedNotes plan={plan} />
      <WarningNotes plan={plan} />
      <Tabs
        label="Plan"
        value={tab}
        onValueChange={onTabChange}
        tabs={[
          { value: 'objects', label: 'Objects', count: countChanges(rows), content: <PlanObjects rows={rows} filter={filter} /> },
          { value: 'commands', label: 'Commands', count: steps, content: <PlanCommands plan={plan} /> },
          { value: 'blast', label: 'Blast radius', count: plan.impacts.length, content: <BlastRadius plan={plan} /> },
        ]}
      />
    </div>
  )
}
