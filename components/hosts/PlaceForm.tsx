'use client'

import { useForm } from '@/components/lib/use-form'
import type { Host } from '@/server/core/topology/topology'

import { PlaceFields } from './PlaceFields'
import { SaveRow } from './SaveRow'
import { toRoles, type PlaceValues } from './use-registration'
import { useUpdateHost } from './use-update-host'

const placeValues = (host: Host): PlaceValues => ({
  name: host.name,
  isCompute: host.roles.includes('compute'),
  isNetwork: host.roles.includes('network'),
  agentKind: host.agentKind,
  availabilityZone: host.availabilityZone,
  isReadOnly: host.isReadOnly,
  isAgentAccepted: host.isAgentAccepted,
  hasRestoreUnit: host.hasRestoreUnit,
})

export function PlaceForm({ host }: { readonly host: Host }) {
  const form = useForm(placeValues(host))
  const update = useUpdateHost('Saved name and roles')
  const save = () => {
    const { name, agentKind, availabilityZone, isReadOnly, isAgentAccepted, hasRestoreUnit } = form.values
    update.mutate({ id: host.id, patch: { name, agentKind, availabilityZone, isReadOnly, isAgentAccepted, hasRestoreUnit, roles: toRoles(form.values) } })
  }
  return (
    <form
      noValidate
      aria-label="Name and roles"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <PlaceFields form={form} error={update.error} />
      <SaveRow
        label="Save name and roles"
        isBusy={update.isPending}
        error={update.error}
        fields={['name', 'roles', 'agentKind', 'availabilityZone', 'isReadOnly', 'isAgentAccepted', 'hasRestoreUnit']}
      />
    </form>
  )
}
