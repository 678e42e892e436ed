'use client'

import { ShieldCheck } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'

import { CreateSecurityGroupForm } from './forms/CreateSecurityGroupForm'
import { securityGroupRows } from './security-group-rows'
import { SecurityGroupsTable } from './SecurityGroupsTable'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString }

export function SecurityGroupsPage() {
  const navigate = useNavigate()
  const { index, query } = useDesignIndex()
  const [view, setView] = useQueryStates(VIEW)
  const { projects, securityGroups } = index.topology
  const shown = securityGroupRows(index, view.q)
  return (
    <ListPage
      kind="securityGroup"
      query={query}
      Icon={ShieldCheck}
      purpose="A security group says which connections its ports may take part in; what no rule allows is dropped. Each new project brings one, called default. Projects from before have none: create one, then choose it at the ports."
      total={securityGroups.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Names, ids, projects, descriptions and rules are searched."
      onCreate={() => setView({ new: 'securityGroup' }, { history: 'push' })}
      whyNot={projects.length === 0 ? 'Create a project first.' : null}
      table={<SecurityGroupsTable index={index} rows={shown} />}
    >
      {view.new === 'securityGroup' && query.data && (
        <CreateSecurityGroupForm
          index={index}
          onClose={() => setView({ new: null })}
          onCreated={(id) => navigate.replace(routes.securityGroup(id))}
        />
      )}
    </ListPage>
  )
}
