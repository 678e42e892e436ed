'use client'

import { fieldsOf, switchesOf, type Fields } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { agentWords } from '@/server/core/explain/agent'

import type { PlaceValues } from './place-form'

interface PlaceFieldsProps {
  readonly form: Fields<PlaceValues>
  readonly error: unknown
}

const AGENTS = [
  { value: 'openvswitch', label: agentWords.openvswitch },
  { value: 'linuxbridge', label: agentWords.linuxbridge },
] as const

/** What the host is in the design: name, zone, agent, roles. */
export function PlaceFields({ form, error }: PlaceFieldsProps) {
  const [field, toggle] = [fieldsOf(form, error), switchesOf(form, error)]
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="Host name" isMono isRequired hint="As in Neutron’s binding:host_id" {...field('name')} />
        <TextInput label="Availability zone" {...field('availabilityZone')} />
      </div>
      <TextInput label="Description" {...field('description')} />
      <div className="grid grid-cols-2 gap-3">
        <Select label="Agent" hint="Whose wiring it gets; fixed once it is prepared" options={AGENTS} {...field('agentKind')} />
      </div>
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-2">
        <legend className="mb-1.5 text-sm font-medium text-dim">Roles</legend>
        <Checkbox label="Compute" hint="Runs VMs" {...toggle('isCompute', 'roles')} />
        <Checkbox label="Network" hint="Runs DHCP servers and routers" {...toggle('isNetwork', 'roles')} error={null} />
        <Checkbox label="Gateway" hint="A member of a gateway cluster, and nothing else" {...toggle('isGateway', 'roles')} error={null} />
      </fieldset>
      <Checkbox
        label="Takes VMs, routers and DHCP servers"
        hint="Off: VMs stay until they are moved, routers and DHCP servers go to other network hosts with the next plan"
        {...toggle('isSchedulable')}
      />
      <Checkbox
        label="Read-only"
        hint="Nothing is ever changed here, for example because a Neutron agent runs on it"
        {...toggle('isReadOnly')}
      />
      {!form.values.isReadOnly && (
        <Checkbox
          label="Change it beside a Neutron agent"
          hint="Otherwise a running agent blocks every plan: it may undo what is built on the bridges it uses"
          {...toggle('isAgentAccepted')}
        />
      )}
      {!form.values.isReadOnly && (
        <Checkbox
          label="Rebuild after a restart"
          hint="A systemd unit on the host brings back what the last apply built, also while no console is up"
          {...toggle('hasRestoreUnit')}
        />
      )}
      {!form.values.isReadOnly && (
        <Checkbox
          label="Set bridge-nf-call-iptables"
          hint="Security groups filter nothing without it. It makes iptables look at the frames of all bridges of the host, also those of others"
          {...toggle('hasBridgeNetfilter')}
        />
      )}
    </div>
  )
}
