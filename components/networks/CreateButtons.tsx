'use client'

import { Plus } from 'lucide-react'

import type { CreateKind, NetworksTab } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'

interface CreateButtonsProps {
  readonly tab: NetworksTab
  readonly index: TopologyIndex
  readonly onCreate: (kind: CreateKind) => void
}

const BUTTONS: Record<NetworksTab, readonly { readonly kind: CreateKind; readonly label: string }[]> = {
  networks: [
    { kind: 'project', label: 'Create project' },
    { kind: 'subnet', label: 'Create subnet' },
    { kind: 'network', label: 'Create network' },
  ],
  ports: [{ kind: 'port', label: 'Create port' }],
  vms: [{ kind: 'vm', label: 'Create VM' }],
  physical: [{ kind: 'physicalNetwork', label: 'Create physical network' }],
}

/** What can be made in the tab in view; the usual one last and filled. */
export function CreateButtons({ tab, index, onCreate }: CreateButtonsProps) {
  const buttons = BUTTONS[tab]
  return buttons.map(({ kind, label }, position) => (
    <Button
      key={kind}
      variant={position === buttons.length - 1 ? 'primary' : 'secondary'}
      disabledReason={missingFor(kind, index)}
      onClick={() => onCreate(kind)}
    >
      <Plus aria-hidden />
      {label}
    </Button>
  ))
}

/** What has to be there before. */
function missingFor(kind: CreateKind, { topology }: TopologyIndex): string | null {
  if (kind === 'network' && topology.projects.length === 0) return 'Create a project first.'
  const needsNetwork = kind === 'subnet' || kind === 'port' || kind === 'vm'
  return needsNetwork && topology.networks.length === 0 ? 'Create a network first.' : null
}
