'use client'

import { Plus, X } from 'lucide-react'
import type { FocusEventHandler } from 'react'

import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'

import type { FixedIpValues } from './port-values'

interface FixedIpsEditorProps {
  readonly fixedIps: readonly FixedIpValues[] | null
  readonly onBlur: FocusEventHandler
  readonly onFixedIpsChange: (fixedIps: readonly FixedIpValues[] | null) => void
  readonly subnets: readonly Subnet[]
  readonly groupMessage: string | null
  readonly errorOf: (field: string) => string | null
}

/** The port's addresses, one row each. Untouched, the server takes one of the network's first subnet. */
export function FixedIpsEditor({ fixedIps, onFixedIpsChange, onBlur, subnets, groupMessage, errorOf }: FixedIpsEditorProps) {
  const rows = fixedIps ?? []
  const change = (key: number, part: Partial<FixedIpValues>) =>
    onFixedIpsChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1
    onFixedIpsChange([...rows, { key, subnetId: subnets[0]?.id ?? '', ipAddress: '' }])
  }
  return (
    <fieldset className="flex flex-col gap-2" onBlur={onBlur}>
      <legend className="mb-1 text-sm font-medium text-dim">Addresses</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-3">
          <Select
            label="Subnet"
            value={row.subnetId}
            onValueChange={(subnetId) => change(row.key, { subnetId })}
            options={subnets.map(({ id, name, cidr }) => ({ value: id, label: `${name} ${cidr}`.trim() }))}
            placeholder="Choose a subnet"
            error={errorOf(`fixedIps.${index}.subnetId`)}
          />
          <TextInput
            label="IP address"
            isMono
            value={row.ipAddress}
            onValueChange={(ipAddress) => change(row.key, { ipAddress })}
            error={errorOf(`fixedIps.${index}.ipAddress`)}
            hint="Empty: the lowest free one"
          />
          <IconButton label="Remove address" className="mt-5" onClick={() => onFixedIpsChange(rows.filter(({ key }) => key !== row.key))}>
            <X />
          </IconButton>
        </div>
      ))}
      {fixedIps === null && <p className="text-faint">One address of the network’s first subnet.</p>}
      {fixedIps?.length === 0 && <p className="text-faint">No address.</p>}
      {groupMessage && (
        <p role="alert" className="text-sm text-bad">
          {groupMessage}
        </p>
      )}
      <div>
        <Button size="sm" onClick={add} disabledReason={subnets.length === 0 ? 'The network has no subnet.' : null}>
          <Plus aria-hidden />
          Add address
        </Button>
      </div>
    </fieldset>
  )
}
