'use client'

import { Plus } from 'lucide-react'

import { createKinds, isPlain, tabOf, type CreateKind, type NetworksTab } from '@/components/lib/kind-places'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { kindOf } from '@/server/core/topology/kinds/kinds'

import { missingForPlain } from './plain/plain-form'

interface CreateButtonsProps {
  readonly tab: NetworksTab
  readonly index: TopologyIndex
  readonly onCreate: (kind: CreateKind) => void
}

/** The usual one last. */
const kindsOf = (tab: NetworksTab): readonly CreateKind[] =>
  tab === 'networks' ? ['project', 'subnet', 'network'] : createKinds.filter((kind) => tabOf(kind) === tab)

/** What can be made in the tab in view; the usual one last and filled. */
export function CreateButtons({ tab, index, onCreate }: CreateButtonsProps) {
  const kinds = kindsOf(tab)
  return kinds.map((kind, position) => (
    <Button
      key={kind}
      variant={position === kinds.length - 1 ? 'primary' : 'secondary'}
      disabledReason={isPlain(kind) ? missingForPlain(kind, index.topology) : missingFor(kind, index)}
      onClick={() => onCreate(kind)}
    >
      <Plus aria-hidden />
      Create {kindOf(kind).words.one}
    </Button>
  ))
}

/** What has to be there before. */
function missingFor(kind: CreateKind, { topology }: TopologyIndex): string | null {
  if (kind === 'network' && topology.projects.length === 0) return 'Create a project first.'
  const needsNetwork = kind === 'subnet' || kind === 'port' || kind === 'vm'
  return needsNetwork && topology.networks.length === 0 ? 'Create a network first.' : null
}
