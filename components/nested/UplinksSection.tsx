'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Cable, Server, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'

import { appError, unplacedError } from '@/components/lib/app-error'
import { checkInput } from '@/components/lib/check-form'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC, useTRPCClient } from '@/components/lib/trpc'
import { fieldsOf, useForm } from '@/components/lib/use-form'
import { useSave } from '@/components/networks/forms/use-save'
import { InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { Button } from '@/components/ui/Button'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { KeyValue } from '@/components/ui/KeyValue'
import { Select } from '@/components/ui/Select'
import type { NestedUplinkDetail } from '@/server/core/api-types'
import { uplinkInput } from '@/server/core/topology/kinds/nested-uplink/nested-uplink-input'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { freeWires, whyNoUplink } from './uplink-choices'

interface UplinksSectionProps {
  readonly index: TopologyIndex
  readonly vm: Vm
}

/** VLAN in VLAN: the uplinks of a VM that is, or will be, a host of an inner cloud, and the way to register it as one. */
export function UplinksSection({ index, vm }: UplinksSectionProps) {
  const trpc = useTRPC()
  const { data: uplinks = [] } = useQuery(trpc.nestedUplinks.list.queryOptions({ vmId: vm.id }))
  const host = index.topology.hosts.find(({ vmId }) => vmId === vm.id)
  return (
    <InspectorSection title="As a host of an inner cloud" meta={uplinks.length > 0 ? uplinks.length : undefined}>
      <div className="flex flex-col gap-3">
        {uplinks.map((uplink) => (
          <Uplink key={uplink.id} index={index} vm={vm} uplink={uplink} />
        ))}
        <AddUplink index={index} vm={vm} />
        {host ? (
          <Link href={routes.host(host.id)} className="text-sm text-accent hover:underline">
            It is host {host.name}
          </Link>
        ) : (
          <Link href={routes.hosts({ isRegistering: true, vm: vm.id })} className={clsx(buttonClass('secondary', 'sm'), 'self-start')}>
            <Server aria-hidden />
            Register this VM as a host
          </Link>
        )}
      </div>
    </InspectorSection>
  )
}

interface UplinkProps extends UplinksSectionProps {
  readonly uplink: NestedUplinkDetail
}

function Uplink({ index, vm, uplink }: UplinkProps) {
  const client = useTRPCClient()
  const [isAsking, setAsking] = useState(false)
  const wire = index.physicalNetwork(uplink.physicalNetworkId)?.name ?? '?'
  const remove = useSave(() => client.nestedUplinks.remove.mutate({ id: uplink.id }), {
    news: `Nested uplink to ${wire} removed`,
    onSaved: () => setAsking(false),
  })
  const { tap, bridge, qvb, qvo, providerBridge } = uplink.devices
  return (
    <div className="flex flex-col gap-2">
      <KeyValue
        items={[
          { label: 'Wire', value: wire },
          { label: 'MAC', value: uplink.macAddress, isMono: true },
          {
            label: 'Devices',
            value: (
              <span className="block font-mono text-sm break-words">
                {[tap, bridge, `${qvb} ═ ${qvo}`, providerBridge ?? 'no bridge'].join(' → ')}
              </span>
            ),
          },
        ]}
      />
      <Button size="sm" variant="danger" className="self-start" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        Remove uplink
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
        title={`Remove the nested uplink of ${vm.name} to ${wire}?`}
        destroyed={[bridge, qvb, qvo]}
        confirmLabel="Remove uplink"
        isBusy={remove.isPending}
        error={remove.error && <ErrorNote error={appError(remove.error)} />}
      >
        The NIC is unplugged from the running VM when the next plan is applied.
      </ConfirmDialog>
    </div>
  )
}

interface UplinkValues {
  readonly physicalNetworkId: string
}

function AddUplink({ index, vm }: UplinksSectionProps) {
  const client = useTRPCClient()
  const wires = freeWires(index.topology, vm)
  const toInput = ({ physicalNetworkId }: UplinkValues) => ({ vmId: vm.id, physicalNetworkId })
  const form = useForm<UplinkValues>({ physicalNetworkId: wires[0]?.id ?? '' }, checkInput(uplinkInput, toInput))
  const { physicalNetworkId } = form.values
  const name = index.physicalNetwork(physicalNetworkId)?.name ?? ''
  const add = useSave(() => client.nestedUplinks.create.mutate(toInput(form.values)), {
    news: `Nested uplink to ${name} added`,
    onSaved: form.discard,
  })
  const error = form.errorWith(add.error)
  const unplaced = unplacedError(error, wires.length > 1 ? ['physicalNetworkId'] : [])
  return (
    <div className="flex flex-col gap-2">
      {wires.length > 1 && (
        <Select
          label="Wire"
          options={wires.map(({ id, name: label }) => ({ value: id, label }))}
          {...fieldsOf(form, error)('physicalNetworkId')}
        />
      )}
      <Button
        size="sm"
        className="max-w-full self-start"
        isBusy={add.isPending}
        disabledReason={whyNoUplink(index.topology, vm)}
        onClick={() => form.submit(() => add.mutate())}
      >
        <Cable aria-hidden />
        <span className="truncate">{name === '' ? 'Add nested uplink' : `Add nested uplink to ${name}`}</span>
      </Button>
      {unplaced && <ErrorNote error={unplaced} />}
    </div>
  )
}
