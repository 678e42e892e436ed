'use client'

import { Plus, ShieldCheck } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/trunks/use-design-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { plural } from '@/server/core/explain/words'

import { CreateSecurityGroupForm } from './forms/CreateSecurityGroupForm'
import { securityGroupRows } from './security-group-rows'
import { SecurityGroupsTable } from './SecurityGroupsTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString }

export function SecurityGroupsPage() {
  const navigate = useNavigate()
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const total = index.topology.securityGroups.length
  const shown = securityGroupRows(index, view.q)
  const create = (
    <Button
      variant="primary"
      disabledReason={index.topology.projects.length === 0 ? 'Create a project first.' : null}
      onClick={() => setView({ new: 'securityGroup' }, { history: 'push' })}
    >
      <Plus aria-hidden />
      Create security group
    </Button>
  )
  return (
    <Page
      title="Security groups"
      meta={total > 0 && plural(total, 'security group')}
      filter={
        <FilterInput
          label="Filter security groups"
          value={view.q}
          onValueChange={(q) => setView({ q })}
          count={`${shown.length} of ${total}`}
        />
      }
      actions={total > 0 && create}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() =>
          total === 0 ? (
            <EmptyState Icon={ShieldCheck} title="No security groups yet" action={create}>
              A security group says which connections its ports may take part in; what no rule allows is dropped. Each new project brings
              one, called default. Projects from before have none: create one, then choose it at the ports.
            </EmptyState>
          ) : shown.length === 0 ? (
            <NoMatch
              noun="security group"
              filter={view.q}
              onClear={() => setView({ q: '' })}
              searched="Names, ids, projects, descriptions and rules are searched."
            />
          ) : (
            <div className="min-h-0 flex-1 bg-panel">
              <SecurityGroupsTable index={index} rows={shown} />
            </div>
          )
        }
      </QueryBoundary>
      {view.new === 'securityGroup' && query.data && (
        <CreateSecurityGroupForm
          index={index}
          onClose={() => setView({ new: null })}
          onCreated={(id) => navigate.replace(routes.securityGroup(id))}
        />
      )}
    </Page>
  )
}
