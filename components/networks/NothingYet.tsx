'use client'

import { Cable, Monitor, Network, Plug } from 'lucide-react'

import type { CreateKind, NetworksTab } from '@/components/lib/routes'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'

import type { TopologyIndex } from './topology-index'

interface NothingYetProps {
  readonly tab: NetworksTab
  readonly index: TopologyIndex
  readonly onCreate: (kind: CreateKind) => void
}

/** The empty tabs: what would be here, and the step before it when that one is missing. */
export function NothingYet({ tab, index, onCreate }: NothingYetProps) {
  const hasNetwork = index.topology.networks.length > 0
  const create = (kind: CreateKind, label: string, reason: string | null = null) => (
    <Button variant="primary" disabledReason={reason} onClick={() => onCreate(kind)}>
      {label}
    </Button>
  )
  switch (tab) {
    case 'networks':
      return (
        <EmptyState Icon={Network} title="No projects yet" action={create('project', 'Create project')}>
          Networks, subnets and VMs belong to projects. Start with one.
        </EmptyState>
      )
    case 'ports':
      return (
        <EmptyState Icon={Plug} title="No ports yet" action={create('vm', 'Create VM', hasNetwork ? null : 'Create a network first.')}>
          VMs and DHCP make their ports themselves; a port can also be made by hand.
        </EmptyState>
      )
    case 'vms':
      return (
        <EmptyState Icon={Monitor} title="No VMs yet" action={create('vm', 'Create VM', hasNetwork ? null : 'Create a network first.')}>
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
