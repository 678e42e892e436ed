'use client'

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { FocusEventHandler } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { portOptions, whyNotNic, type PortChoice } from '@/components/trunks/port-choices'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import { Select } from '@/components/ui/Select'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

interface NicsEditorProps {
  readonly index: TopologyIndex
  /** Its networks are listed first. */
  readonly projectId: string
  /** Whose they are already; absent for a new one. */
  readonly vm?: Vm
  readonly nics: readonly PortChoice[]
  readonly onBlur: FocusEventHandler
  readonly onNicsChange: (nics: readonly PortChoice[]) => void
  readonly groupMessage: string | null
  readonly errorOf: (field: string) => string | null
}

/** NICs in the guest's order: each a new port in a network, or a port that is there, such as the parent of a trunk. */
export function NicsEditor({ index, projectId, vm, nics, onNicsChange, onBlur, groupMessage, errorOf }: NicsEditorProps) {
  const networks = index.topology.networks.toSorted((a, b) => Number(b.projectId === projectId) - Number(a.projectId === projectId))
  const options = portOptions(index, (port) => (vm?.portIds.includes(port.id) ? null : whyNotNic(index, port)), networks)
  const replace = (at: number, nic: PortChoice) => onNicsChange(nics.map((each, position) => (position === at ? nic : each)))
  const earlier = (at: number) => onNicsChange(nics.with(at - 1, nics[at]!).with(at, nics[at - 1]!))
  const remove = (at: number) => onNicsChange(nics.filter((_, position) => position !== at))
  return (
    <div className="flex flex-col gap-2" onBlur={onBlur}>
      {nics.map((nic, at) => (
        <div key={at} className="flex items-start gap-1">
          <Select
            label={`Network of eth${at}`}
            isRequired
            className="mr-2 min-w-0 flex-1"
            value={nic}
            onValueChange={(choice) => replace(at, choice)}
            options={options}
            placeholder="Choose a network or port"
            error={errorOf(`nics.${at}`) ?? (at === 0 ? groupMessage : null)}
          />
          {nics.length > 1 && (
            <>
              <IconButton
                label={`eth${at} earlier`}
                className="mt-5"
                disabledReason={at === 0 ? 'It is the first.' : null}
                onClick={() => earlier(at)}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                label={`eth${at} later`}
                className="mt-5"
                disabledReason={at === nics.length - 1 ? 'It is the last.' : null}
                onClick={() => earlier(at + 1)}
              >
                <ArrowDown />
              </IconButton>
            </>
          )}
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
