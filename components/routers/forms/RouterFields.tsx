'use client'

import { networkHosts } from '@/components/networks/forms/form-props'
import { fieldError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, switchesOf, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { RadioGroup, type RadioOption } from '@/components/ui/RadioGroup'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import { floatingIpModes, type FloatingIpMode } from '@/server/core/topology/kinds/router/router'

import { CENTRALIZED, DISTRIBUTED, floatingIpChoices, snatHint } from '../router-words'
import { clusterOptions, gatewayNetworks, withGatewayNetwork, type RouterValues } from './router-values'

/** Those that show what is wrong with them. */
export const ROUTER_FIELDS = [
  'projectId',
  'name',
  'description',
  'isDistributed',
  'floatingIpMode',
  'gatewayClusterId',
  'isAdminStateUp',
  'hostId',
  'gateway',
] as const

const KINDS: readonly RadioOption<boolean>[] = [
  { value: false, ...CENTRALIZED },
  { value: true, ...DISTRIBUTED },
]
const MODES: readonly RadioOption<FloatingIpMode>[] = floatingIpModes.map((value) => ({ value, ...floatingIpChoices[value] }))

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
      {form.values.isDistributed && (
        <RadioGroup
          legend="Floating IPs"
          options={MODES}
          value={form.values.floatingIpMode}
          onValueChange={form.set('floatingIpMode')}
          error={fieldError(error, 'floatingIpMode')}
        />
      )}
      {form.values.isDistributed && form.values.floatingIpMode === 'gateway' && <ClusterField index={index} form={form} error={error} />}
      <HostField index={index} form={form} error={error} />
      <Checkbox
        label="Admin state up"
        hint="Down: it routes nothing, and its interfaces answer nobody"
        {...switchesOf(form, error)('isAdminStateUp')}
      />
    </>
  )
}

/** Of one that has a network host: a new one gets the one with the fewest. */
function HostField({ index: { topology }, form, error }: RouterFieldsProps) {
  if (form.initial.hostId === '') return null
  return (
    <Select
      label="Network host"
      options={networkHosts(topology, form.initial.hostId)}
      hint={form.values.isDistributed ? 'Where its central part is' : 'Where it runs'}
      {...fieldsOf(form, error)('hostId')}
    />
  )
}

function ClusterField({ index, form, error }: RouterFieldsProps) {
  const options = clusterOptions(index, form.values)
  return (
    <Select
      label="Gateway cluster"
      isRequired
      options={options}
      placeholder="Choose a gateway cluster"
      hint={
        options.length === 0
          ? 'No cluster leads out by the gateway’s network: create one on the page Gateway clusters.'
          : 'Its pools hold the floating IPs'
      }
      {...fieldsOf(form, error)('gatewayClusterId')}
    />
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
        <Checkbox label="SNAT" hint={snatHint(values)} {...switchesOf(form, error)('isSnatEnabled', 'gateway.isSnatEnabled')} />
      )}
    </div>
  )
}
