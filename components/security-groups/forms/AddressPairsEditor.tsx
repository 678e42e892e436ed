'use client'

import type { FocusEventHandler } from 'react'

import type { PairValues } from '@/components/networks/forms/port-values'
import { RemoveRow, RowsField } from '@/components/ui/RowsField'
import { TextInput } from '@/components/ui/TextInput'

interface AddressPairsEditorProps {
  readonly pairs: readonly PairValues[]
  readonly onPairsChange: (pairs: readonly PairValues[]) => void
  readonly onBlur: FocusEventHandler
  readonly groupMessage: string | null
  readonly errorOf: (field: string) => string | null
  readonly disabledReason: string | null
}

/** Addresses beside its own that a port may send from, one row each. */
export function AddressPairsEditor({ pairs, onPairsChange, onBlur, groupMessage, errorOf, disabledReason }: AddressPairsEditorProps) {
  return (
    <RowsField
      legend="Allowed address pairs"
      rows={pairs}
      onRowsChange={onPairsChange}
      onBlur={onBlur}
      newRow={(key) => ({ key, ipAddress: '', macAddress: '' })}
      addLabel="Add address pair"
      disabledReason={disabledReason}
      empty={
        disabledReason === null &&
        'None: it sends from its own addresses only. A shared address (VRRP, a floating service) needs a pair at each of its ports.'
      }
      error={groupMessage}
    >
      {(pair, at, { change, remove }) => (
        <div key={pair.key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-3">
          <TextInput
            label="Address or CIDR"
            isMono
            isRequired
            placeholder="10.0.0.100"
            value={pair.ipAddress}
            onValueChange={(ipAddress) => change({ ipAddress })}
            error={errorOf(`allowedAddressPairs.${at}.ipAddress`)}
          />
          <TextInput
            label="With MAC"
            isMono
            placeholder="the port’s own"
            value={pair.macAddress}
            onValueChange={(macAddress) => change({ macAddress })}
            error={errorOf(`allowedAddressPairs.${at}.macAddress`)}
          />
          <RemoveRow label={`Remove pair ${at + 1}`} onRemove={remove} />
        </div>
      )}
    </RowsField>
  )
}
