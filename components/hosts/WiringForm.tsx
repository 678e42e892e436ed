'use client'

import { useQuery } from '@tanstack/react-query'

import { fieldError } from '@/components/lib/app-error'
import { changedSince } from '@/components/lib/changed-fields'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { Form } from '@/components/ui/Form'
import { Select } from '@/components/ui/Select'
import { traitsOf } from '@/server/core/agents/agent-traits'
import type { HostDetail } from '@/server/core/api-types'
import { KVM_OBSTACLES } from '@/server/core/explain/host'

import { BridgeMappingsEditor } from './BridgeMappingsEditor'
import { nicOptions } from './nic-options'
import { SaveRow } from './SaveRow'
import { checkSettings, settingsPatch, settingsValues } from './settings-form'
import { TunnelFields } from './TunnelFields'
import { useUpdateHost } from './use-update-host'

const DATAPATHS = [
  { value: 'system', label: 'Kernel module (system)' },
  { value: 'netdev', label: 'Userspace (netdev)' },
] as const
const VIRT_TYPES = [
  { value: 'auto', label: 'KVM where the host has it' },
  { value: 'kvm', label: 'KVM' },
  { value: 'qemu', label: 'QEMU, emulated' },
] as const
const PLACED = ['datapathType', 'virtType', 'tunnel', 'bridgeMappings'] as const

/** Tunnel end and bridge mappings: what the bridges of this host are built from. */
export function WiringForm({ detail }: { readonly detail: HostDetail }) {
  const { host, facts } = detail
  const trpc = useTRPC()
  const physicalNetworks = useQuery(trpc.physicalNetworks.list.queryOptions()).data ?? []
  const inside = useQuery(trpc.hosts.inside.queryOptions({ id: host.id })).data
  const form = useForm(settingsValues(detail), checkSettings)
  const { values, initial, set } = form
  const { usesOpenvswitch, hasProviderBridges } = traitsOf(host)
  const update = useUpdateHost(`Saved the wiring of ${host.name}`)
  const error = form.errorWith(update.error)
  const save = () =>
    update.mutate(
      { id: host.id, patch: changedSince(settingsPatch(initial), settingsPatch(values)) },
      { onSuccess: () => form.saved(values) },
    )
  return (
    <Form aria-label="Wiring" onSubmit={() => form.submit(save)}>
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          {usesOpenvswitch && (
            <Select
              label="Datapath"
              value={values.datapathType}
              onValueChange={set('datapathType')}
              options={DATAPATHS}
              error={fieldError(error, 'datapathType')}
              hint="Found by reading the host"
            />
          )}
          {host.roles.includes('compute') && (
            <Select
              label="Virtualisation of new VMs"
              value={values.virtType}
              onValueChange={set('virtType')}
              options={VIRT_TYPES}
              error={fieldError(error, 'virtType')}
              hint={
                host.hasKvm
                  ? 'The host has KVM'
                  : `No KVM${facts ? `: ${KVM_OBSTACLES[facts.kvm] ?? 'read the host again'}` : ' found yet'}`
              }
            />
          )}
        </div>
        <TunnelFields
          value={values.tunnel}
          onValueChange={set('tunnel')}
          onBlur={form.leave('tunnel')}
          nics={nicOptions(inside, facts, false)}
          error={error}
        />
        <fieldset>
          <legend className="mb-2 text-sm font-medium text-dim">
            {hasProviderBridges ? 'Bridge mappings' : 'NICs of physical networks'}
          </legend>
          <BridgeMappingsEditor
            mappings={values.mappings}
            hasProviderBridges={hasProviderBridges}
            onMappingsChange={set('mappings')}
            onBlur={form.leave('bridgeMappings')}
            physicalNetworks={physicalNetworks}
            nics={nicOptions(inside, facts, true)}
            error={error}
          />
        </fieldset>
      </div>
      <SaveRow label="Save wiring" form={form} saving={update} fields={PLACED} />
    </Form>
  )
}
