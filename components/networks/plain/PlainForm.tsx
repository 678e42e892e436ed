'use client'

import { changedSince } from '@/components/lib/changed-fields'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { capitalise } from '@/server/core/explain/words'
import type { DesignObject } from '@/server/core/topology/kinds/kind'
import { kindOf, labelOf } from '@/server/core/topology/kinds/kinds'

import type { FormProps } from '../forms/form-props'
import { useFormSave } from '../forms/use-form-save'
import { emptyValues, valuesOf, type PlainValues } from './plain-fields'
import { changeForm, creationForm, missingForPlain, type PlainForm as Form, type PlainFormKind } from './plain-form'
import { PlainInput } from './PlainInput'

interface PlainFormProps extends FormProps {
  readonly kind: PlainFormKind
  /** Set to edit it. */
  readonly object?: Extract<DesignObject, { readonly kind: PlainFormKind }>
}

/** The form of a kind that has none made by hand: its fields are those of the kind's input. */
export function PlainForm({ kind, object, ...props }: PlainFormProps) {
  const form = object ? changeForm(kind) : creationForm(kind)
  return form && <OpenForm kind={kind} form={form} {...(object && { object })} {...props} />
}

function OpenForm({ index, kind, form: { fields, toInput, check }, object, onClose, onCreated }: PlainFormProps & { readonly form: Form }) {
  const form = useForm<PlainValues>(object ? valuesOf(fields, object.item) : emptyValues(fields), check)
  const client = useTRPCClient()
  const { words, about, list } = kindOf(kind)
  const send = () => {
    const [before, now] = [toInput(form.initial), toInput(form.values)]
    // The form was checked against the schema of this very kind, which the compiler does not see: it asks for what suits every plain one.
    if (!object) return client[list].create.mutate(now as never)
    return client[list].update.mutate({ id: object.item.id, patch: changedSince(before, now) as never })
  }
  const [verb, done] = object ? ['Save', 'saved'] : ['Create', 'created']
  const name = object ? labelOf(index.topology, object) : (form.values['name'] ?? '')
  const { dialog, error } = useFormSave(form, send, {
    news: capitalise([words.one, name, done].filter(Boolean).join(' ')),
    onSaved: object ? onClose : onCreated,
  })
  return (
    <FormDialog
      title={object ? `Edit ${words.one} ${name}` : `Create ${words.one}`}
      description={about}
      submitLabel={`${verb} ${words.one}`}
      {...dialog}
      onClose={onClose}
      fields={fields.map((field) => field.name)}
      disabledReason={object ? null : missingForPlain(kind, index.topology)}
    >
      {fields.map((field) => (
        <PlainInput key={field.name} field={field} form={form} error={error} topology={index.topology} />
      ))}
    </FormDialog>
  )
}
