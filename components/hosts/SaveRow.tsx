'use client'

import { unplacedError } from '@/components/lib/app-error'
import type { Form } from '@/components/lib/use-form'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'

interface SaveRowProps {
  readonly label: string
  readonly form: Pick<Form<never>, 'isTouched' | 'discard' | 'errorWith'>
  readonly saving: { readonly isPending: boolean; readonly error: unknown; readonly reset: () => void }
  /** Fields of the form that show their own errors. */
  readonly fields: readonly string[]
}

/** The end of a form in a page: what no field shows, and the buttons. */
export function SaveRow({ label, form, saving, fields }: SaveRowProps) {
  const unplaced = unplacedError(form.errorWith(saving.error), fields)
  const discard = () => {
    form.discard()
    saving.reset()
  }
  return (
    <div className="mt-4 flex flex-col gap-3">
      {unplaced && <ErrorNote error={unplaced} />}
      <div className="flex justify-end gap-2">
        {form.isTouched && <Button onClick={discard}>Discard</Button>}
        <Button type="submit" isBusy={saving.isPending}>
          {label}
        </Button>
      </div>
    </div>
  )
}
