'use client'

import { X } from 'lucide-react'
import type { FocusEventHandler } from 'react'

import { IconButton } from '@/components/ui/IconButton'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select, type SelectOption } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { EtherType, RuleDirection } from '@/server/core/topology/kinds/security-group/security-group'

import { isPreset, trafficOptions } from './rule-presets'
import { withTraffic, type RemoteChoice, type RuleErrors, type RuleRow } from './rule-values'

interface RuleFieldsProps {
  readonly name: string
  readonly row: RuleRow
  readonly remotes: readonly SelectOption<RemoteChoice>[]
  readonly errors: RuleErrors
  readonly onBlur: FocusEventHandler
  readonly onChange: (row: RuleRow) => void
  readonly onRemove: () => void
}

const DIRECTIONS: readonly SelectOption<RuleDirection>[] = [
  { value: 'ingress', label: 'Ingress' },
  { value: 'egress', label: 'Egress' },
]
const ETHER_TYPES: readonly SelectOption<EtherType>[] = [
  { value: 'IPv4', label: 'IPv4' },
  { value: 'IPv6', label: 'IPv6' },
]
const EXAMPLE: Record<EtherType, string> = { IPv4: '10.0.0.0/24', IPv6: '2001:db8::/64' }

/** One rule: what, and with whom. */
export function RuleFields({ name, row, remotes, errors, onBlur, onChange, onRemove }: RuleFieldsProps) {
  const change = (part: Partial<RuleRow>) => onChange({ ...row, ...part })
  return (
    <div
      role="group"
      aria-label={name}
      onBlur={onBlur}
      className="grid grid-cols-[minmax(0,1fr)_28px] gap-2 rounded-md border border-line bg-canvas p-3"
    >
      <div className="flex min-w-0 flex-col gap-3">
        <div className="grid grid-cols-[92px_76px_minmax(0,1.4fr)_minmax(0,1fr)] items-start gap-3">
          <Select
            label="Direction"
            value={row.direction}
            onValueChange={(direction) => change({ direction })}
            options={DIRECTIONS}
            error={errors.direction}
          />
          <Select
            label="Ether type"
            value={row.etherType}
            onValueChange={(etherType) => change({ etherType })}
            options={ETHER_TYPES}
            error={errors.etherType}
          />
          <Select
            label="Traffic"
            value={row.traffic}
            onValueChange={(traffic) => onChange(withTraffic(row, traffic))}
            options={trafficOptions}
            error={errors.traffic}
          />
          {!isPreset(row.traffic) && <NumberFields row={row} errors={errors} onChange={change} />}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.2fr)] items-start gap-3">
          <Select
            label={row.direction === 'ingress' ? 'From' : 'To'}
            value={row.remote}
            onValueChange={(remote) => change({ remote })}
            options={remotes}
            error={errors.remote}
          />
          {row.remote === 'prefix' && (
            <TextInput
              label="CIDR"
              isMono
              isRequired
              placeholder={EXAMPLE[row.etherType]}
              value={row.remoteIpPrefix}
              onValueChange={(remoteIpPrefix) => change({ remoteIpPrefix })}
              error={errors.prefix}
            />
          )}
          <TextInput
            label="Description"
            value={row.description}
            onValueChange={(description) => change({ description })}
            error={errors.description}
            className={row.remote === 'prefix' ? '' : 'col-span-2'}
          />
        </div>
      </div>
      <IconButton label={`Remove ${name.toLowerCase()}`} className="mt-5" onClick={onRemove}>
        <X />
      </IconButton>
    </div>
  )
}

interface NumberFieldsProps {
  readonly row: RuleRow
  readonly errors: RuleErrors
  readonly onChange: (part: Partial<RuleRow>) => void
}

/** Ports, or type and code, each empty for any. */
function NumberFields({ row, errors, onChange }: NumberFieldsProps) {
  const [first, last] = row.traffic === 'icmp' ? ['Type', 'Code'] : ['From port', 'To port']
  const numbers = (
    <div className="grid grid-cols-2 items-start gap-3">
      <NumberInput label={first} placeholder="any" value={row.min} onValueChange={(min) => onChange({ min })} error={errors.min} />
      <NumberInput
        label={last}
        placeholder={row.traffic === 'icmp' || row.min === null ? 'any' : String(row.min)}
        value={row.max}
        onValueChange={(max) => onChange({ max })}
        error={errors.max}
      />
    </div>
  )
  if (row.traffic !== 'other') return numbers
  return (
    <>
      <TextInput
        label="Protocol"
        isMono
        isRequired
        placeholder="vrrp or 112"
        value={row.protocol}
        onValueChange={(protocol) => onChange({ protocol })}
        error={errors.protocol}
      />
      <div className="col-start-3 col-end-5">{numbers}</div>
    </>
  )
}
