'use client'

import { fieldError } from '@/components/lib/app-error'
import type { Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { TextInput } from '@/components/ui/TextInput'

import type { PlaceValues } from './use-registration'

interface PlaceFieldsProps {
  readonly form: Form<PlaceValues>
  readonly error: unknown
}

/** What the host is in the design: name, zone, roles. */
export function PlaceFields({ form: { values, set }, error }: PlaceFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          label="Host name"
          isMono
          isRequired
          value={values.name}
          onValueChange={set('name')}
          error={fieldError(error, 'name')}
          hint="As in Neutron’s binding:host_id"
        />
        <TextInput
          label="Availability zone"
          value={values.availabilityZone}
          onValueChange={set('availabilityZone')}
          error={fieldError(error, 'availabilityZone')}
        />
      </div>
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-2">
        <legend className="mb-1.5 text-sm font-medium text-dim">Roles</legend>
        <Checkbox
          label="Compute"
          hint="Runs VMs"
          isChecked={values.isCompute}
          onCheckedChange={set('isCompute')}
          error={fieldError(error, 'roles')}
        />
        <Checkbox label="Network" hint="Runs DHCP" isChecked={values.isNetwork} onCheckedChange={set('isNetwork')} />
      </fieldset>
      <Checkbox
        label="Read-only"
        hint="Nothing is ever changed here, for example because a Neutron agent runs on it"
        isChecked={values.isReadOnly}
        onCheckedChange={set('isReadOnly')}
        error={fieldError(error, 'isReadOnly')}
      />
    </div>
  )
}
