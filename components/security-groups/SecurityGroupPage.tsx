'use client'

import { DetailPage } from '@/components/design/DetailPage'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useDesignIndex } from '@/components/design/use-design-index'
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
    <DetailPage
      kind="securityGroup"
      index={index}
      query={query}
      object={group && { kind: 'securityGroup', item: group }}
      list={routes.securityGroups()}
      meta={group && plural(group.rules.length, 'rule')}
      state={state}
    >
      {group && (
        <>
          <SecurityGroupFacts index={index} group={group} />
          <SecurityGroupTabs index={index} group={group} state={state} />
          <SecurityGroupDialogs index={index} group={group} state={state} />
        </>
      )}
    </DetailPage>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly group: ObjectOf['securityGroup']
  readonly state: SecurityGroupViewState
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
  return (
    <>
      {view.do === 'add' && (
        <AddRulesForm index={index} group={group} direction={view.tab === 'egress' ? 'egress' : 'ingress'} onClose={closeDialog} />
      )}
      {view.do === 'add-ports' && <AddPortsForm index={index} group={group} onClose={closeDialog} />}
      {view.do === 'edit' && <EditSecurityGroupForm group={group} onClose={closeDialog} />}
    </>
  )
}
