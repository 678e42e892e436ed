'use client'

import type { FocusEventHandler } from 'react'

import { fieldError, groupError } from '@/components/lib/app-error'
import { Checkbox } from '@/components/ui/Checkbox'
import { NumberInput } from '@/components/ui/NumberInput'
import { TextInput } from '@/components/ui/TextInput'

import type { NicOption } from './nic-options'
import { NicSelect } from './NicSelect'
import type { TunnelValues } from './settings-form'

interface TunnelFieldsProps {
  readonly value: TunnelValues
  readonly onValueChange: (value: TunnelValues) => void
  readonly onBlur: FocusEventHandler
  readonly nics: readonly NicOption[]
  readonly error: unknown
}

/** The VTEP: needed for VXLAN networks only. */
export function TunnelFields({ value, onValueChange, onBlur, nics, error }: TunnelFieldsProps) {
  const change = (part: Partial<TunnelValues>) => onValueChange({ ...value, ...part })
  return (
    <div className="flex flex-col gap-3" onBlur={onBlur}>
      <Checkbox
        label="Tunnels end on this host"
        hint="Needed for VXLAN networks"
        isChecked={value.hasTunnel}
        onCheckedChange={(hasTunnel) => change({ hasTunnel })}
        error={groupError(error, 'tunnel')}
      />
      {value.hasTunnel && (
        <div className="grid grid-cols-[minmax(0,1fr)_80px_minmax(0,1.4fr)] gap-3">
          <TextInput
            label="Tunnel address"
            isMono
            isRequired
            value={value.address}
            onValueChange={(address) => change({ address })}
            error={fieldError(error, 'tunnel.address')}
            hint="VTEP, local_ip"
          />
          <NumberInput
            label="Prefix"
            isRequired
            value={value.prefixLength}
            onValueChange={(prefixLength) => change({ prefixLength })}
            error={fieldError(error, 'tunnel.prefixLength')}
          />
          <NicSelect
            label="Tunnel NIC"
            value={value.nic}
            onValueChange={(nic) => change({ nic })}
            options={nics}
            error={fieldError(error, 'tunnel.nic')}
          />
          <TextInput
            label="Router of the underlay"
            isMono
            className="col-span-3"
            value={value.gatewayIp}
            onValueChange={(gatewayIp) => change({ gatewayIp })}
            error={fieldError(error, 'tunnel.gatewayIp')}
            hint="To tunnel addresses in other subnets, and to gateway clusters. Empty: the host’s own routes lead there"
          />
        </div>
      )}
    </div>
  )
}
