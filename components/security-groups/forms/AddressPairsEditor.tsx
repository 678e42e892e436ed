'use client'

import { Plus, X } from 'lucide-react'
import type { FocusEventHandler } from 'react'

import type { PairValues } from '@/components/networks/forms/port-values'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
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
  const change = (key: number, part: Partial<PairValues>) =>
    onPairsChange(pairs.map((pair) => (pair.key === key ? { ...pair, ...part } : pair)))
  const add = () => onPairsChange([...pairs, { key: Math.max(-1, ...pairs.map(({ key }) => key)) + 1, ipAddress: '', macAddress: '' }])
  return (
    <fieldset className="flex flex-col gap-2" onBlur={onBlur}>
      <legend className="mb-1 text-sm font-medium text-dim">Allowed address pairs</legend>
      {pairs.map((pair, at) => (
        <div key={pair.key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-3">
          <TextInput
            label="Address or CIDR"
            isMono
            isRequired
            placeholder="10.0.0.100"
            value={pair.ipAddress}
            onValueChange={(ipAddress) => change(pair.key, { ipAddress })}
            error={errorOf(`allowedAddressPairs.${at}.ipAddress`)}
          />
          <TextInput
            label="With MAC"
            isMono
            placeholder="the port’s own"
            value={pair.macAddress}
            onValueChange={(macAddress) => change(pair.key, { macAddress })}
            error={errorOf(`allowedAddressPairs.${at}.macAddress`)}
          />
          <IconButton
            label={`Remove pair ${at + 1}`}
            className="mt-5"
            onClick={() => onPairsChange(pairs.filter(({ key }) => key !== pair.key))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {pairs.length === 0 && disabledReason === null && (
        <p className="text-faint">
          None: it sends from its own addresses only. A shared address (VRRP, a floating service) needs a pair at each of its ports.
        </p>
      )}
      {groupMessage && (
        <p role="alert" className="text-sm text-bad">
          {groupMessage}
        </p>
      )}
      <div>
        <Button size="sm" onClick={add} disabledReason={disabledReason}>
          <Plus aria-hidden />
          Add address pair
        </Button>
      </div>
    </fieldset>
  )
}
