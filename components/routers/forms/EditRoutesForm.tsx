'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { RemoveRow, RowsField } from '@/components/ui/RowsField'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import { interfaceRows } from '../router-rows'
import { checkRoutesEdit, newRoute, routesValues, toRoutesPatch } from './route-values'

interface EditRoutesFormProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly onClose: () => void
}

/** All of them in one edit: whoever else changed them meanwhile is told of. */
export function EditRoutesForm({ index, router, onClose }: EditRoutesFormProps) {
  const client = useTRPCClient()
  const form = useForm(routesValues(router), checkRoutesEdit)
  const { rows } = form.values
  const { dialog, error } = useFormSave(
    form,
    () =>
      client.routers.update.mutate({ id: router.id, patch: { ...toRoutesPatch(form.values), seen: { routes: [...form.initial.stored] } } }),
    { news: `Extra routes of ${router.name} saved`, onSaved: onClose },
  )
  return (
    <FormDialog
      title={`Extra routes of ${router.name}`}
      description={neighbourhood(index, router)}
      submitLabel="Save extra routes"
      {...dialog}
      onClose={onClose}
      fields={['routes']}
    >
      <RowsField
        rows={rows}
        onRowsChange={form.set('rows')}
        onBlur={form.leave('routes')}
        newRow={newRoute}
        addLabel="Add another route"
        empty="None: what is in no subnet of the router goes to its gateway."
        error={groupError(error, 'routes')}
      >
        {(row, at, { change, remove }) => (
          <fieldset
            key={row.key}
            aria-label={`Route ${at + 1}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-start gap-3"
          >
            <TextInput
              label="Destination"
              isMono
              isRequired
              placeholder="10.9.0.0/16"
              value={row.destination}
              onValueChange={(destination) => change({ destination })}
              error={fieldError(error, `routes.${at}.destination`)}
            />
            <TextInput
              label="Next hop"
              isMono
              isRequired
              placeholder="10.0.0.9"
              value={row.nexthop}
              onValueChange={(nexthop) => change({ nexthop })}
              error={fieldError(error, `routes.${at}.nexthop`)}
            />
            <RemoveRow label={`Remove route ${at + 1}`} onRemove={remove} />
          </fieldset>
        )}
      </RowsField>
    </FormDialog>
  )
}

/** Where a next hop can be. */
function neighbourhood(index: TopologyIndex, router: ObjectOf['router']): string {
  const subnets = interfaceRows(index, router.id, '').map(({ port, subnet }) => `${subnet?.cidr} (the router is ${addressText(port)})`)
  return `A next hop is a neighbour of the router: ${subnets.length === 0 ? 'it has none yet' : subnets.join(', ')}.`
}
