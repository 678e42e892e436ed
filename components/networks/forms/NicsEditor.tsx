'use client'

import { Plus, X } from 'lucide-react'

import { segmentText, type TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import { Select } from '@/components/ui/Select'

interface NicsEditorProps {
  readonly index: TopologyIndex
  /** Its networks are listed first. */
  readonly projectId: string
  readonly networkIds: readonly string[]
  readonly onNetworkIdsChange: (networkIds: readonly string[]) => void
  readonly groupMessage: string | null
  readonly errorOf: (field: string) => string | null
}

/** NICs in the guest's order, each in a network. */
export function NicsEditor({ index, projectId, networkIds, onNetworkIdsChange, groupMessage, errorOf }: NicsEditorProps) {
  const networks = index.topology.networks.toSorted(
    (a, b) => Number(b.projectId === projectId) - Number(a.projectId === projectId),
  )
  const options = networks.map((network) => ({
    value: network.id,
    label: `${network.name} (${segmentText(index, network)}, ${index.project(network.projectId)?.name ?? ''})`,
  }))
  const replace = (at: number, networkId: string) =>
    onNetworkIdsChange(networkIds.map((id, position) => (position === at ? networkId : id)))
  const remove = (at: number) => onNetworkIdsChange(networkIds.filter((_, position) => position !== at))
  return (
    <div className="flex flex-col gap-2">
      {networkIds.map((networkId, at) => (
        <div key={at} className="flex items-start gap-3">
          <Select
            label={`Network of eth${at}`}
            isRequired
            className="flex-1"
            value={networkId}
            onValueChange={(id) => replace(at, id)}
            options={options}
            placeholder="Choose a network"
            error={errorOf(`networkIds.${at}`) ?? (at === 0 ? groupMessage : null)}
          />
          <IconButton
            label={`Remove eth${at}`}
            className="mt-5"
            disabledReason={networkIds.length === 1 ? 'A VM has at least one NIC.' : null}
            onClick={() => remove(at)}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="sm" onClick={() => onNetworkIdsChange([...networkIds, ''])}>
          <Plus aria-hidden />
          Add NIC
        </Button>
      </div>
    </div>
  )
}
