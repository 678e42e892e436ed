'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { useForm } from '@/components/lib/use-form'
import type { Host } from '@/server/core/topology/kinds/host/host'
import { Form } from '@/components/ui/Form'

import { checkPlace, placeValues, toPlace } from './place-form'
import { PlaceFields } from './PlaceFields'
import { SaveRow } from './SaveRow'
import { useUpdateHost } from './use-update-host'

export function PlaceForm({ host }: { readonly host: Host }) {
  const form = useForm(placeValues(host), checkPlace)
  const update = useUpdateHost('Saved name and roles')
  const save = () => {
    const { initial, values } = form
    update.mutate({ id: host.id, patch: changedSince(toPlace(initial), toPlace(values)) }, { onSuccess: () => form.saved(values) })
  }
  return (
    <Form aria-label="Name and roles" onSubmit={() => form.submit(save)}>
      <PlaceFields form={form} error={form.errorWith(update.error)} />
      <SaveRow
        label="Save name and roles"
        form={form}
        saving={update}
        fields={[
          'name',
          'description',
          'roles',
          'agentKind',
          'availabilityZone',
          'isReadOnly',
          'isAgentAccepted',
          'hasRestoreUnit',
          'hasBridgeNetfilter',
          'isSchedulable',
        ]}
      />
    </Form>
  )
}
