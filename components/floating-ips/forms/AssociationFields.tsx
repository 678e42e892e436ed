'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, type Form } from '@/components/lib/use-form'
import { Select } from '@/components/ui/Select'

import { addressOptions, onlyAddress, portOptions, type AssociationValues } from './floating-ip-values'

interface AssociationFieldsProps<T extends AssociationValues> {
  readonly index: TopologyIndex
  readonly form: Form<T>
  readonly error: unknown
}

/** Whom a floating IP leads to: a port and, of several, one of its addresses. */
export function AssociationFields<T extends AssociationValues>({ index, form, error }: AssociationFieldsProps<T>) {
  const { values } = form
  const field = fieldsOf<AssociationValues>(form, error)
  const { networkId, fixedPortId } = values
  const options = portOptions(index, networkId, fixedPortId)
  const port = index.port(fixedPortId)
  return (
    <>
      <Select
        label="Leads to port"
        options={options}
        placeholder="Nobody yet"
        hint={hintOf(networkId, options.length)}
        {...field('fixedPortId')}
        onValueChange={(id) => {
          form.set('fixedPortId')(id)
          form.set('fixedIpAddress')(onlyAddress(index.port(id)))
        }}
      />
      {port && port.fixedIps.length > 1 && (
        <Select
          label="Fixed address"
          isRequired
          options={addressOptions(index, port, networkId)}
          placeholder="Choose an address"
          {...field('fixedIpAddress')}
        />
      )}
    </>
  )
}

function hintOf(networkId: string, count: number): string {
  if (networkId === '') return 'Choose the external network first.'
  return count === 0 ? 'No router leads from the subnet of any port out by this network yet.' : 'Ports that a router joins with the network'
}
