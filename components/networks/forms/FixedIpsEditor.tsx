'use client'

import type { FocusEventHandler } from 'react'

import { RemoveRow, RowsField } from '@/components/ui/RowsField'
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
  return (
    <RowsField
      legend="Addresses"
      rows={fixedIps ?? []}
      onRowsChange={onFixedIpsChange}
      onBlur={onBlur}
      newRow={(key) => ({ key, subnetId: subnets[0]?.id ?? '', ipAddress: '' })}
      addLabel="Add address"
      disabledReason={subnets.length === 0 ? 'The network has no subnet.' : null}
      empty={fixedIps === null ? 'One address of the network’s first subnet.' : 'No address.'}
      error={groupMessage}
    >
      {(row, at, { change, remove }) => (
        <div key={row.key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-3">
          <Select
            label="Subnet"
            value={row.subnetId}
            onValueChange={(subnetId) => change({ subnetId })}
            options={subnets.map(({ id, name, cidr }) => ({ value: id, label: `${name} ${cidr}`.trim() }))}
            placeholder="Choose a subnet"
            error={errorOf(`fixedIps.${at}.subnetId`)}
          />
          <TextInput
            label="IP address"
            isMono
            value={row.ipAddress}
            onValueChange={(ipAddress) => change({ ipAddress })}
            error={errorOf(`fixedIps.${at}.ipAddress`)}
            hint="Empty: the lowest free one"
          />
          <RemoveRow label="Remove address" onRemove={remove} />
        </div>
      )}
    </RowsField>
  )
}
