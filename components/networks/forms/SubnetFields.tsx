'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import type { Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextArea } from '@/components/ui/TextArea'
import { TextInput } from '@/components/ui/TextInput'

import { toOptions } from './form-props'
import type { SubnetValues } from './subnet-values'

interface SubnetFieldsProps {
  readonly form: Form<SubnetValues>
  readonly index: TopologyIndex
  readonly isNew: boolean
  readonly errorOf: (field: string) => string | null
}

export function SubnetFields({ form: { values, set }, index, isNew, errorOf }: SubnetFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        {isNew && (
          <Select
            label="Network"
            isRequired
            value={values.networkId}
            onValueChange={set('networkId')}
            options={toOptions(index.topology.networks)}
            placeholder="Choose a network"
            error={errorOf('networkId')}
          />
        )}
        <TextInput label="Subnet name" autoFocus value={values.name} onValueChange={set('name')} error={errorOf('name')} />
        {isNew && (
          <TextInput
            label="CIDR"
            isMono
            isRequired
            value={values.cidr}
            onValueChange={set('cidr')}
            error={errorOf('cidr')}
            placeholder="10.0.0.0/24"
          />
        )}
        <TextInput
          label="Gateway"
          isMono
          disabled={!values.hasGateway}
          value={values.hasGateway ? values.gatewayIp : ''}
          onValueChange={set('gatewayIp')}
          error={errorOf('gatewayIp')}
          hint={isNew ? 'Empty: the first address' : undefined}
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Checkbox
          label="DHCP"
          hint="dnsmasq on a network host"
          isChecked={values.isDhcpEnabled}
          onCheckedChange={set('isDhcpEnabled')}
          error={errorOf('isDhcpEnabled')}
        />
        <Checkbox
          label="No gateway"
          isChecked={!values.hasGateway}
          onCheckedChange={(isWithout) => set('hasGateway')(!isWithout)}
        />
      </div>
      <TextInput
        label="DNS servers"
        isMono
        value={values.dnsNameservers}
        onValueChange={set('dnsNameservers')}
        error={errorOf('dnsNameservers')}
        hint="Addresses, separated by commas"
      />
      <TextArea
        label="Allocation pools"
        isMono
        rows={2}
        value={values.pools}
        onValueChange={set('pools')}
        error={errorOf('allocationPools')}
        placeholder="10.0.0.10-10.0.0.99"
        hint={isNew ? 'One per line. Empty: all usable addresses but the gateway' : 'One per line'}
      />
    </>
  )
}
