'use client'

import { fieldError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, switchesOf, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { RadioGroup, type RadioOption } from '@/components/ui/RadioGroup'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { CENTRALIZED, DISTRIBUTED } from '../router-words'
import { gatewayNetworks, isSnatOn, withGatewayNetwork, type RouterValues } from './router-values'

/** Those that show what is wrong with them. */
export const ROUTER_FIELDS = ['projectId', 'name', 'description', 'isDistributed', 'isAdminStateUp', 'gateway'] as const

const KINDS: readonly RadioOption<boolean>[] = [
  { value: false, label: 'Centralized', sentence: CENTRALIZED },
  { value: true, label: 'Distributed', sentence: DISTRIBUTED },
]

interface RouterFieldsProps {
  readonly index: TopologyIndex
  readonly form: Form<RouterValues>
  readonly error: unknown
}

/** What a new router and one that is changed have in common, below their names. */
export function RouterFields({ index, form, error }: RouterFieldsProps) {
  return (
    <>
      <RadioGroup
        legend="Kind"
        options={KINDS}
        value={form.values.isDistributed}
        onValueChange={form.set('isDistributed')}
        error={fieldError(error, 'isDistributed')}
      />
      <GatewayFields index={index} form={form} error={error} />
      <Checkbox
        label="Admin state up"
        hint="Down: it routes nothing, and its interfaces answer nobody"
        {...switchesOf(form, error)('isAdminStateUp')}
      />
    </>
  )
}

function GatewayFields({ index, form, error }: RouterFieldsProps) {
  const { values, initial, set } = form
  const field = fieldsOf(form, error)
  const options = gatewayNetworks(index, values.gatewayNetworkId)
  const hasGateway = values.gatewayNetworkId !== ''
  const chooseNetwork = (id: string) => {
    set('gatewayNetworkId')(id)
    set('gatewayAddress')(withGatewayNetwork(values, initial, id).gatewayAddress)
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Gateway network"
          options={options}
          placeholder="None"
          hint={options.length === 0 ? 'No network is external yet: switch it on at one.' : 'Where it leads out; external networks only'}
          {...field('gatewayNetworkId', 'gateway.networkId')}
          onValueChange={chooseNetwork}
        />
        {hasGateway && (
          <TextInput
            label="Gateway address"
            isMono
            placeholder="allocated"
            hint="Empty: the one it has there, or the lowest free one"
            {...field('gatewayAddress', 'gateway.ipAddress')}
          />
        )}
      </div>
      {hasGateway && (
        <Checkbox
          label="SNAT"
          hint="What leaves takes the address of the gateway, unless a floating IP stands for it"
          {...switchesOf(form, error)('isSnatEnabled', 'gateway.isSnatEnabled')}
          isChecked={isSnatOn(values)}
          disabledReason={values.isDistributed ? 'A distributed router has no SNAT: only floating IPs lead out.' : null}
        />
      )}
    </div>
  )
}
