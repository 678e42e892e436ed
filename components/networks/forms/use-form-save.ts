'use client'

import { fieldsOf, switchesOf, type Form } from '@/components/lib/use-form'

import { useSave, type Saved } from './use-save'

/** A form that is sent as one edit of the design: what its dialog needs, and what its inputs do. */
export function useFormSave<T extends object>(form: Form<T>, send: () => Promise<{ readonly id: string }>, saved: Saved) {
  const save = useSave(send, saved)
  const error = form.errorWith(save.error)
  return {
    error,
    field: fieldsOf(form, error),
    flag: switchesOf(form, error),
    dialog: { error, isBusy: save.isPending, onSubmit: () => form.submit(() => save.mutate()) },
  }
}
