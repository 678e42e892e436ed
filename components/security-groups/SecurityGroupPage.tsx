'use client'

import { Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
import { describeRemoval } from '@/components/networks/removal'
import { Page } from '@/components/shell/Page'
import { useDesignIndex } from '@/components/trunks/use-design-index'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { Tabs } from '@/components/ui/Tabs'
import { plural } from '@/server/core/explain/words'
import type { ObjectOf } from '@/server/core/topology/topology'

import { AddPortsForm } from './forms/AddPortsForm'
import { AddRulesForm } from './forms/AddRulesForm'
import { EditSecurityGroupForm } from './forms/EditSecurityGroupForm'
import { GroupPortsPane } from './GroupPortsPane'
import { RulesPane } from './RulesPane'
import { SecurityGroupFacts } from './SecurityGroupFacts'
import { portsIn, rulesOf } from './security-group-rows'
import { useSecurityGroupView, type SecurityGroupViewState } from './use-security-group-view'

export function SecurityGroupPage({ groupId }: { readonly groupId: string }) {
  const { index, query } = useDesignIndex()
  const state = useSecurityGroupView()
  const group = index.securityGroup(groupId)
  return (
    <Page
      title={group?.name ?? 'Security group'}
      parent={{ label: 'Security groups', href: routes.securityGroups() }}
      meta={group && plural(group.rules.length, 'rule')}
      actions={group && <Actions index={index} group={group} state={state} />}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() =>
          group ? (
            <>
              <SecurityGroupFacts index={index} group={group} />
              <SecurityGroupTabs index={index} group={group} state={state} />
              <SecurityGroupDialogs index={index} group={group} state={state} />
            </>
          ) : (
            <NotThere />
          )
        }
      </QueryBoundary>
    </Page>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly group: ObjectOf['securityGroup']
  readonly state: SecurityGroupViewState
}

function NotThere() {
  const list = (
    <Link href={routes.securityGroups()} className={buttonClass('secondary')}>
      All security groups
    </Link>
  )
  return (
    <EmptyState title="This security group does not exist, or no longer" action={list}>
      Somebody deleted it, or its project, or the address is not whole.
    </EmptyState>
  )
}

function Actions({ index, group, state }: PartProps) {
  const { refusal } = describeRemoval(index, { kind: 'securityGroup', item: group })
  return (
    <>
      <Button onClick={() => state.open('edit')}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button variant="danger" aria-label="Delete security group" disabledReason={refusal} onClick={() => state.open('delete')}>
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  )
}

function SecurityGroupTabs({ index, group, state }: PartProps) {
  const ports = portsIn(index, group.id)
  const rulesTab = (direction: 'ingress' | 'egress', label: string) => {
    const rules = rulesOf(group, direction)
    return {
      value: direction,
      label,
      count: rules.length,
      content: <RulesPane key={direction} index={index} group={group} direction={direction} rules={rules} state={state} />,
    }
  }
  return (
    <Tabs
      label={`Security group ${group.name}`}
      value={state.view.tab}
      onValueChange={state.showTab}
      tabs={[
        rulesTab('ingress', 'Ingress rules'),
        rulesTab('egress', 'Egress rules'),
        {
          value: 'ports',
          label: 'Ports',
          count: ports.length,
          content: <GroupPortsPane index={index} ports={ports} state={state} />,
        },
      ]}
    />
  )
}

function SecurityGroupDialogs({ index, group, state: { view, closeDialog } }: PartProps) {
  const navigate = useNavigate()
  return (
    <>
      {view.do === 'add' && (
        <AddRulesForm index={index} group={group} direction={view.tab === 'egress' ? 'egress' : 'ingress'} onClose={closeDialog} />
      )}
      {view.do === 'add-ports' && <AddPortsForm index={index} group={group} onClose={closeDialog} />}
      {view.do === 'edit' && <EditSecurityGroupForm group={group} onClose={closeDialog} />}
      {view.do === 'delete' && (
        <DeleteDialog
          index={index}
          id={group.id}
          object={{ kind: 'securityGroup', item: group }}
          onClose={closeDialog}
          onDeleted={() => navigate.replace(routes.securityGroups())}
        />
      )}
    </>
  )
}
