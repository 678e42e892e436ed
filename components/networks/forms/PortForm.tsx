'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { ObjectOf } from '@/server/core/topology/topology'

import { PortFilterFields } from './PortFilterFields'
import { FixedIpsEditor } from './FixedIpsEditor'
import { onlyId, toOptions, type FormProps } from './form-props'
import { checkNewPort, checkPort, emptyPort, portValues, toPortInput, toPortPatch } from './port-values'
import { useFormSave } from './use-form-save'

interface PortFormProps extends FormProps {
  /** Set to edit it. */
  readonly port?: ObjectOf['port']
  /** Network chosen beforehand. */
  readonly networkId?: string
}

const FIELDS = [
  'networkId',
  'name',
  'description',
  'macAddress',
  'fixedIps',
  'hostId',
  'isAdminStateUp',
  'isPortSecurityEnabled',
  'securityGroupIds',
  'allowedAddressPairs',
] as const

export function PortForm({ index, port, networkId, onClose, onCreated }: PortFormProps) {
  const { networks, hosts } = index.topology
  const form = useForm(
    port ? portValues(port) : { ...emptyPort, networkId: networkId ?? onlyId(networks) },
    port ? checkPort : checkNewPort,
  )
  const { values, initial, set } = form
  const label = port ? labelPort(index.topology, port) : values.name
  const client = useTRPCClient()
  const { dialog, error, field, flag } = useFormSave(
    form,
    () =>
      port
        ? client.ports.update.mutate({ id: port.id, patch: changedSince(toPortPatch(initial), toPortPatch(values)) })
        : client.ports.create.mutate(toPortInput(values)),
    { news: `Port ${label} ${port ? 'saved' : 'created'}`, onSaved: port ? onClose : onCreated },
  )
  return (
    <FormDialog
      title={port ? `Edit port ${label}` : 'Create port'}
      description={port ? undefined : 'MAC and address are allocated when left empty. VMs make their ports themselves.'}
      submitLabel={port ? 'Save port' : 'Create port'}
      {...dialog}
      onClose={onClose}
      fields={FIELDS}
      disabledReason={networks.length === 0 ? 'Create a network first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Port name" autoFocus {...field('name')} />
        {!port && (
          <Select label="Network" isRequired options={toOptions(networks)} placeholder="Choose a network" {...field('networkId')} />
        )}
        <TextInput
          label="MAC address"
          isMono
          placeholder="fa:16:3e:…"
          hint={port ? undefined : 'Empty: allocated'}
          {...field('macAddress')}
        />
        <Select label="Host" options={toOptions(hosts)} placeholder="Not bound" hint="binding:host_id" {...field('hostId')} />
        <TextInput label="Description" className="col-span-2" {...field('description')} />
      </div>
      <FixedIpsEditor
        fixedIps={values.fixedIps}
        onFixedIpsChange={set('fixedIps')}
        onBlur={form.leave('fixedIps')}
        subnets={index.subnetsOf(values.networkId)}
        groupMessage={groupError(error, 'fixedIps')}
        errorOf={(field) => fieldError(error, field)}
      />
      {port && <Checkbox label="Admin state up" {...flag('isAdminStateUp')} />}
      <PortFilterFields index={index} form={form} error={error} {...(port && { port })} />
    </FormDialog>
  )
}
