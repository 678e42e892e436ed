'use client'

import { Cable, Monitor, Network, Plug, Shapes } from 'lucide-react'

import { plainKindOf, type CreateKind, type NetworksTab, type PlainKind } from '@/components/lib/kind-places'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { kindOf } from '@/server/core/topology/kinds/kinds'

import { missingForPlain } from './plain/plain-form'

interface NothingYetProps {
  readonly tab: NetworksTab
  readonly index: TopologyIndex
  readonly onCreate: (kind: CreateKind) => void
}

/** The empty tabs: what would be here, and the step before it when that one is missing. */
export function NothingYet({ tab, index, onCreate }: NothingYetProps) {
  const noNetwork = index.topology.networks.length > 0 ? null : 'Create a network first.'
  const create = (kind: CreateKind, label: string, reason: string | null = null) => (
    <Button variant="primary" disabledReason={reason} onClick={() => onCreate(kind)}>
      {label}
    </Button>
  )
  const plain = plainKindOf(tab)
  if (plain) return <NoPlainYet kind={plain} index={index} onCreate={onCreate} />
  switch (tab) {
    case 'networks':
      return (
        <EmptyState Icon={Network} title="No projects yet" action={create('project', 'Create project')}>
          Networks, subnets and VMs belong to projects. Start with one.
        </EmptyState>
      )
    case 'ports':
      return (
        <EmptyState
          Icon={Plug}
          title="No ports yet"
          action={
            <>
              <Button disabledReason={noNetwork} onClick={() => onCreate('port')}>
                Create port
              </Button>
              {create('vm', 'Create VM', noNetwork)}
            </>
          }
        >
          VMs and DHCP make their ports themselves; a port can also be made by hand.
        </EmptyState>
      )
    case 'vms':
      return (
        <EmptyState Icon={Monitor} title="No VMs yet" action={create('vm', 'Create VM', noNetwork)}>
          A VM gets one port per network and is started by the plan that wires it.
        </EmptyState>
      )
    case 'physical':
      return (
        <EmptyState Icon={Cable} title="No physical networks yet" action={create('physicalNetwork', 'Create physical network')}>
          Flat and VLAN networks need one, and a bridge mapping on every host. VXLAN networks do without.
        </EmptyState>
      )
  }
}

function NoPlainYet({ kind, index, onCreate }: Omit<NothingYetProps, 'tab'> & { readonly kind: PlainKind }) {
  const { words, about } = kindOf(kind)
  const create = (
    <Button variant="primary" disabledReason={missingForPlain(kind, index.topology)} onClick={() => onCreate(kind)}>
      Create {words.one}
    </Button>
  )
  return (
    <EmptyState Icon={Shapes} title={`No ${words.many} yet`} action={create}>
      {about}
    </EmptyState>
  )
}
