'use client'

import { Plus, X } from 'lucide-react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { portOptions, whyNotNic, type PortChoice } from '@/components/trunks/port-choices'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import { Select } from '@/components/ui/Select'

interface NicsEditorProps {
  readonly index: TopologyIndex
  /** Its networks are listed first. */
  readonly projectId: string
  readonly nics: readonly PortChoice[]
  readonly onNicsChange: (nics: readonly PortChoice[]) => void
  readonly groupMessage: string | null
  readonly errorOf: (field: string) => string | null
}

/** NICs in the guest's order: each a new port in a network, or a port that is there, such as the parent of a trunk. */
export function NicsEditor({ index, projectId, nics, onNicsChange, groupMessage, errorOf }: NicsEditorProps) {
  const networks = index.topology.networks.toSorted((a, b) => Number(b.projectId === projectId) - Number(a.projectId === projectId))
  const options = portOptions(index, (port) => whyNotNic(index, port), networks)
  const replace = (at: number, nic: PortChoice) => onNicsChange(nics.map((each, position) => (position === at ? nic : each)))
  const remove = (at: number) => onNicsChange(nics.filter((_, position) => position !== at))
  return (
    <div className="flex flex-col gap-2">
      {nics.map((nic, at) => (
        <div key={at} className="flex items-start gap-3">
          <Select
            label={`Network of eth${at}`}
            isRequired
            className="flex-1"
            value={nic}
            onValueChange={(choice) => replace(at, choice)}
            options={options}
            placeholder="Choose a network or port"
            error={errorOf(`nics.${at}`) ?? (at === 0 ? groupMessage : null)}
          />
          <IconButton
            label={`Remove eth${at}`}
            className="mt-5"
            disabledReason={nics.length === 1 ? 'A VM has at least one NIC.' : null}
            onClick={() => remove(at)}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="sm" onClick={() => onNicsChange([...nics, ''])}>
          <Plus aria-hidden />
          Add NIC
        </Button>
      </div>
    </div>
  )
}
