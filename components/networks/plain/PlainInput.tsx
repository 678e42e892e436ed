'use client'

import { fieldError } from '@/components/lib/app-error'
import type { Fields } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Checklist } from '@/components/ui/Checklist'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { designObjects, detailOf, kindOf, labelOf } from '@/server/core/topology/kinds/kinds'
import type { Topology } from '@/server/core/topology/topology'

import type { PlainField, PlainValues } from './plain-fields'

interface PlainInputProps {
  readonly field: PlainField
  readonly form: Fields<PlainValues>
  readonly error: unknown
  /** Where objects are chosen from. */
  readonly topology: Topology
}

/** The input that suits a field. */
export function PlainInput({ field: { name, label, isRequired, control }, form, error, topology }: PlainInputProps) {
  const value = form.values[name] ?? null
  const text = typeof value === 'string' ? value : ''
  const shared = { label, isRequired, error: fieldError(error, name), onValueChange: form.set(name), onBlur: form.leave(name) }
  switch (control.type) {
    case 'text':
      return <TextInput value={text} {...shared} />
    case 'number':
      return <NumberInput value={typeof value === 'number' ? value : null} {...shared} />
    case 'switch':
      return <Checkbox label={label} error={shared.error} isChecked={value === true} onCheckedChange={form.set(name)} />
    case 'choice':
      return <Select options={control.options.map((option) => ({ value: option, label: option }))} value={text} {...shared} />
    case 'objects':
      return (
        <Checklist
          legend={label}
          word={kindOf(control.kind).words.one}
          options={designObjects(topology, control.kind).map((object) => ({
            id: object.item.id,
            label: labelOf(topology, object),
            detail: detailOf(topology, object),
          }))}
          chosen={Array.isArray(value) ? value : []}
          onChosenChange={form.set(name)}
          onBlur={shared.onBlur}
          hint={null}
          error={shared.error}
        />
      )
    case 'object': {
      const objects = designObjects(topology, control.kind)
      const options = objects.map((object) => ({ value: object.item.id, label: labelOf(topology, object) }))
      return <Select options={options} placeholder={isRequired ? 'Choose one' : 'None'} value={text} {...shared} />
    }
  }
}
