'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError, groupError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { portLabel } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { useForm, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { Port } from '@/server/core/topology/topology'

import { FixedIpsEditor } from './FixedIpsEditor'
import { onlyId, toOptions, type FormProps } from './form-props'
import { emptyPort, portValues, toPortInput, toPortPatch, type PortValues } from './port-values'
import { useEditDone } from './use-edit-done'

interface PortFormProps extends FormProps {
  /** Set to edit it. */
  readonly port?: Port
  /** Network chosen beforehand. */
  readonly networkId?: string
}

const FIELDS = ['networkId', 'name', 'macAddress', 'fixedIps', 'hostId', 'isAdminStateUp', 'isPortSecurityEnabled'] as const

export function PortForm({ index, port, networkId, onClose, onCreated }: PortFormProps) {
  const { networks, hosts } = index.topology
  const form = useForm(port ? portValues(port) : { ...emptyPort, networkId: networkId ?? onlyId(networks) })
  const { values, set } = form
  const { create, update } = useSave(port ? portLabel(index, port) : values.name, onClose, onCreated)
  const error = create.error ?? update.error
  const save = () => {
    if (port) update.mutate({ id: port.id, patch: toPortPatch(values) })
    else create.mutate(toPortInput(values))
  }
  return (
    <FormDialog
      title={port ? `Edit port ${portLabel(index, port)}` : 'Create port'}
      description={port ? undefined : 'MAC and address are allocated when left empty. VMs make their ports themselves.'}
      submitLabel={port ? 'Save port' : 'Create port'}
      onSubmit={save}
      onClose={onClose}
      isBusy={create.isPending || update.isPending}
      error={error}
      fields={FIELDS}
      disabledReason={networks.length === 0 ? 'Create a network first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          label="Port name"
          autoFocus
          value={values.name}
          onValueChange={set('name')}
          error={fieldError(error, 'name')}
        />
        {!port && (
          <Select
            label="Network"
            isRequired
            value={values.networkId}
            onValueChange={set('networkId')}
            options={toOptions(networks)}
            placeholder="Choose a network"
            error={fieldError(error, 'networkId')}
          />
        )}
        <TextInput
          label="MAC address"
          isMono
          value={values.macAddress}
          onValueChange={set('macAddress')}
          error={fieldError(error, 'macAddress')}
          placeholder="fa:16:3e:…"
          hint={port ? undefined : 'Empty: allocated'}
        />
        <Select
          label="Host"
          value={values.hostId}
          onValueChange={set('hostId')}
          options={toOptions(hosts)}
          placeholder="Not bound"
          error={fieldError(error, 'hostId')}
          hint="binding:host_id"
        />
      </div>
      <FixedIpsEditor
        fixedIps={values.fixedIps}
        onFixedIpsChange={set('fixedIps')}
        subnets={index.subnetsOf(values.networkId)}
        groupMessage={groupError(error, 'fixedIps')}
        errorOf={(field) => fieldError(error, field)}
      />
      {port && <PortSwitches form={form} error={error} />}
    </FormDialog>
  )
}

interface PortSwitchesProps {
  readonly form: Form<PortValues>
  readonly error: unknown
}

function PortSwitches({ form: { values, set }, error }: PortSwitchesProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Checkbox
        label="Admin state up"
        isChecked={values.isAdminStateUp}
        onCheckedChange={set('isAdminStateUp')}
        error={fieldError(error, 'isAdminStateUp')}
      />
      <Checkbox
        label="Port security"
        hint="Drops frames with a foreign source address"
        isChecked={values.isPortSecurityEnabled}
        onCheckedChange={set('isPortSecurityEnabled')}
        error={fieldError(error, 'isPortSecurityEnabled')}
      />
    </div>
  )
}

function useSave(label: string, onClose: () => void, onCreated: (id: string) => void) {
  const trpc = useTRPC()
  const done = useEditDone()
  const create = useMutation(
    trpc.ports.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`Port ${label} created`)
        onCreated(id)
      },
    }),
  )
  const update = useMutation(
    trpc.ports.update.mutationOptions({
      onSuccess: async () => {
        await done(`Port ${label} saved`)
        onClose()
      },
    }),
  )
  return { create, update }
}
