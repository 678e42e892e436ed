'use client'

import type { FocusEventHandler } from 'react'

import { fieldError, groupError } from '@/components/lib/app-error'
import { RemoveRow, RowsField } from '@/components/ui/RowsField'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'

import type { NicOption } from './nic-options'
import { NicSelect } from './NicSelect'
import { bridgeNameFor, type MappingValues } from './settings-form'

interface BridgeMappingsEditorProps {
  /** Where not, each network has a bridge of its own: a mapping names the NIC only (physical_interface_mappings). */
  readonly hasProviderBridges: boolean
  readonly mappings: readonly MappingValues[]
  readonly onMappingsChange: (mappings: readonly MappingValues[]) => void
  readonly onBlur: FocusEventHandler
  readonly physicalNetworks: readonly PhysicalNetwork[]
  readonly nics: readonly NicOption[]
  readonly error: unknown
}

/** Physical network → provider bridge → NIC, one row each (bridge_mappings). */
export function BridgeMappingsEditor({
  hasProviderBridges,
  mappings,
  onMappingsChange,
  onBlur,
  physicalNetworks,
  nics,
  error,
}: BridgeMappingsEditorProps) {
  return (
    <RowsField
      rows={mappings}
      onRowsChange={onMappingsChange}
      onBlur={onBlur}
      newRow={(key) => ({ key, physicalNetworkId: '', bridge: '', nic: '' })}
      addLabel="Add mapping"
      disabledReason={physicalNetworks.length === 0 ? 'Create a physical network first, on the page Networks.' : null}
      empty="Flat and VLAN networks reach this host only through a mapping."
      error={groupError(error, 'bridgeMappings')}
    >
      {(mapping, at, { change, remove }) => (
        <MappingRow
          key={mapping.key}
          mapping={mapping}
          hasProviderBridges={hasProviderBridges}
          field={`bridgeMappings.${at}`}
          physicalNetworks={physicalNetworks}
          nics={nics}
          error={error}
          onChange={change}
          onRemove={remove}
        />
      )}
    </RowsField>
  )
}

interface MappingRowProps {
  readonly hasProviderBridges: boolean
  readonly mapping: MappingValues
  /** Its path in the input, for errors. */
  readonly field: string
  readonly physicalNetworks: readonly PhysicalNetwork[]
  readonly nics: readonly NicOption[]
  readonly error: unknown
  readonly onChange: (part: Partial<MappingValues>) => void
  readonly onRemove: () => void
}

function MappingRow({ hasProviderBridges, mapping, field, physicalNetworks, nics, error, onChange, onRemove }: MappingRowProps) {
  const chooseNic = (nic: string) => {
    // The bridge follows the NIC's name until somebody gives it another one.
    const isUsual = mapping.bridge === bridgeNameFor(mapping.nic)
    onChange(isUsual ? { nic, bridge: bridgeNameFor(nic) } : { nic })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1fr)_28px] items-start gap-3">
      <Select
        label="Physical network"
        isRequired
        value={mapping.physicalNetworkId}
        onValueChange={(physicalNetworkId) => onChange({ physicalNetworkId })}
        options={physicalNetworks.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder="Choose one"
        error={fieldError(error, `${field}.physicalNetworkId`)}
      />
      <NicSelect
        label="Provider NIC"
        value={mapping.nic}
        onValueChange={chooseNic}
        options={nics}
        error={fieldError(error, `${field}.nic`)}
      />
      {hasProviderBridges ? (
        <TextInput
          label="Bridge"
          isMono
          isRequired
          value={mapping.bridge}
          onValueChange={(bridge) => onChange({ bridge })}
          error={fieldError(error, `${field}.bridge`)}
        />
      ) : (
        <span aria-hidden />
      )}
      <RemoveRow label="Remove mapping" onRemove={onRemove} />
    </div>
  )
}
