'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, switchesOf, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Checklist } from '@/components/ui/Checklist'
import { NumberInput } from '@/components/ui/NumberInput'
import { RemoveRow, RowsField } from '@/components/ui/RowsField'
import { TextArea } from '@/components/ui/TextArea'
import { TextInput } from '@/components/ui/TextInput'

import { functionWords } from '../gateway-words'
import { memberOptions, newPeer, type GatewayValues } from './gateway-values'

/** Those that show what is wrong with them. */
export const GATEWAY_FIELDS = [
  'name',
  'description',
  'networkId',
  'vip',
  'cloudId',
  'functions',
  'localAs',
  'peers',
  'floatingIpPools',
  'memberHostIds',
] as const

interface GatewayFieldsProps {
  readonly index: TopologyIndex
  readonly form: Form<GatewayValues>
  readonly error: unknown
  /** The one that is changed; null: a new one. */
  readonly clusterId: string | null
}

/** What a new cluster and one that is changed have in common, below name and network. */
export function GatewayFields({ index, form, error, clusterId }: GatewayFieldsProps) {
  const [field, flag] = [fieldsOf(form, error), switchesOf(form, error)]
  const members = memberOptions(index, clusterId)
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          label="VIP"
          isMono
          isRequired
          placeholder="10.255.0.1"
          hint="Tunnel address of all members, in no subnet: routers of the underlay learn it by BGP"
          {...field('vip')}
        />
        <TextInput
          label="Cloud id"
          isMono
          isRequired
          placeholder="cloud-a"
          hint="What this cloud is called in records: a cluster may serve several"
          {...field('cloudId')}
        />
      </div>
      <Checklist
        legend="Members"
        word="host"
        options={members}
        chosen={form.values.memberHostIds}
        onChosenChange={form.set('memberHostIds')}
        onBlur={form.leave('memberHostIds')}
        hint={
          members.length === 0
            ? 'No host has the role gateway yet. Give it to one on its settings.'
            : 'Prepared hosts with the role gateway, each with a BGP peer in its underlay subnet'
        }
        error={fieldError(error, 'memberHostIds')}
      />
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-2">
        <legend className="mb-1.5 text-sm font-medium text-dim">What it does</legend>
        <Checkbox {...functionWords['floating-ip']} {...flag('doesFloatingIps', 'functions')} />
        <Checkbox {...functionWords.snat} {...flag('doesSnat', 'functions')} error={null} />
      </fieldset>
      <TextArea
        label="Floating IP pools"
        isMono
        isRequired
        rows={2}
        placeholder="203.0.113.64-203.0.113.127"
        hint="One per line, in a subnet of the external network. For floating IPs and, with SNAT, one address per member"
        {...field('pools', 'floatingIpPools')}
      />
      <NumberInput label="AS" isRequired className="w-44" placeholder="64512" hint="Of all members" {...field('localAs')} />
      <RowsField
        legend="BGP peers"
        rows={form.values.peers}
        onRowsChange={form.set('peers')}
        onBlur={form.leave('peers')}
        newRow={newPeer}
        addLabel="Add BGP peer"
        empty="None: nobody would know the way to the VIP and to floating IPs."
        error={groupError(error, 'peers')}
      >
        {(peer, at, { change, remove }) => (
          <div
            key={peer.key}
            role="group"
            aria-label={`Peer ${at + 1}`}
            className="grid grid-cols-[minmax(0,1fr)_120px_92px_28px] items-start gap-3"
          >
            <TextInput
              label="Address"
              isMono
              isRequired
              placeholder="10.20.0.1"
              value={peer.address}
              onValueChange={(address) => change({ address })}
              error={fieldError(error, `peers.${at}.address`)}
            />
            <NumberInput
              label="AS"
              isRequired
              value={peer.as}
              onValueChange={(as) => change({ as })}
              error={fieldError(error, `peers.${at}.as`)}
            />
            <div className="pt-6">
              <Checkbox label="BFD" isChecked={peer.hasBfd} onCheckedChange={(hasBfd) => change({ hasBfd })} />
            </div>
            <RemoveRow label={`Remove peer ${at + 1}`} onRemove={remove} />
          </div>
        )}
      </RowsField>
    </>
  )
}
