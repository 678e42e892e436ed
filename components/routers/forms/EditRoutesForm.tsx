'use client'

import { Plus, X } from 'lucide-react'

import { fieldError, groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useSave } from '@/components/networks/forms/use-save'
import { Button } from '@/components/ui/Button'
import { IconButton } from '@/components/ui/IconButton'
import { TextInput } from '@/components/ui/TextInput'
import type { ObjectOf } from '@/server/core/topology/topology'

import { interfaceRows } from '../router-rows'
import { checkRoutesEdit, newRoute, routesValues, toRoutesPatch, type RouteRow } from './route-values'

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
  const save = useSave(
    () =>
      client.routers.update.mutate({ id: router.id, patch: { ...toRoutesPatch(form.values), seen: { routes: [...form.initial.stored] } } }),
    { news: `Extra routes of ${router.name} saved`, onSaved: onClose },
  )
  const error = form.errorWith(save.error)
  const change = (key: number, part: Partial<RouteRow>) =>
    form.set('rows')(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <FormDialog
      title={`Extra routes of ${router.name}`}
      description={neighbourhood(index, router)}
      submitLabel="Save extra routes"
      onSubmit={() => form.submit(() => save.mutate())}
      onClose={onClose}
      isBusy={save.isPending}
      error={error}
      fields={['routes']}
    >
      <div className="flex flex-col gap-2" onBlur={form.leave('routes')}>
        {rows.map((row, at) => (
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
              onValueChange={(destination) => change(row.key, { destination })}
              error={fieldError(error, `routes.${at}.destination`)}
            />
            <TextInput
              label="Next hop"
              isMono
              isRequired
              placeholder="10.0.0.9"
              value={row.nexthop}
              onValueChange={(nexthop) => change(row.key, { nexthop })}
              error={fieldError(error, `routes.${at}.nexthop`)}
            />
            <IconButton
              label={`Remove route ${at + 1}`}
              className="mt-5"
              onClick={() => form.set('rows')(rows.filter(({ key }) => key !== row.key))}
            >
              <X />
            </IconButton>
          </fieldset>
        ))}
        {rows.length === 0 && <p className="text-faint">None: what is in no subnet of the router goes to its gateway.</p>}
        {groupError(error, 'routes') && (
          <p role="alert" className="text-sm text-bad">
            {groupError(error, 'routes')}
          </p>
        )}
        <div>
          <Button size="sm" onClick={() => form.set('rows')([...rows, newRoute(rows)])}>
            <Plus aria-hidden />
            Add another route
          </Button>
        </div>
      </div>
    </FormDialog>
  )
}

/** Where a next hop can be. */
function neighbourhood(index: TopologyIndex, router: ObjectOf['router']): string {
  const subnets = interfaceRows(index, router.id, '').map(({ port, subnet }) => `${subnet?.cidr} (the router is ${addressText(port)})`)
  return `A next hop is a neighbour of the router: ${subnets.length === 0 ? 'it has none yet' : subnets.join(', ')}.`
}
