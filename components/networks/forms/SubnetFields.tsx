'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, switchesOf, type Form } from '@/components/lib/use-form'
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
  readonly error: unknown
}

export function SubnetFields({ form, index, isNew, error }: SubnetFieldsProps) {
  const { values, set } = form
  const field = fieldsOf(form, error)
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        {isNew && (
          <Select
            label="Network"
            isRequired
            options={toOptions(index.topology.networks)}
            placeholder="Choose a network"
            {...field('networkId')}
          />
        )}
        <TextInput label="Subnet name" autoFocus {...field('name')} />
        {isNew && <TextInput label="CIDR" isMono isRequired placeholder="10.0.0.0/24" {...field('cidr')} />}
        <TextInput
          label="Gateway"
          isMono
          disabled={!values.hasGateway}
          hint="Empty: the first address"
          {...field('gatewayIp')}
          value={values.hasGateway ? values.gatewayIp : ''}
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Checkbox label="DHCP" hint="dnsmasq on a network host" {...switchesOf(form, error)('isDhcpEnabled')} />
        <Checkbox label="No gateway" isChecked={!values.hasGateway} onCheckedChange={(isWithout) => set('hasGateway')(!isWithout)} />
      </div>
      <TextInput label="Description" {...field('description')} />
      <TextInput label="DNS servers" isMono hint="Addresses, separated by commas" {...field('dnsNameservers')} />
      <TextArea
        label="Allocation pools"
        isMono
        rows={2}
        placeholder="10.0.0.10-10.0.0.99"
        hint={isNew ? 'One per line. Empty: all usable addresses but the gateway' : 'One per line'}
        {...field('pools', 'allocationPools')}
      />
    </>
  )
}
