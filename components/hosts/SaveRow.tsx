'use client'

import { unplacedError } from '@/components/lib/app-error'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'

interface SaveRowProps {
  readonly label: string
  readonly isBusy: boolean
  readonly error: unknown
  /** Fields of the form that show their own errors. */
  readonly fields: readonly string[]
}

/** The end of a form in a page: what no field shows, and the button. */
export function SaveRow({ label, isBusy, error, fields }: SaveRowProps) {
  const unplaced = unplacedError(error, fields)
  return (
    <div className="mt-4 flex flex-col gap-3">
      {unplaced && <ErrorNote error={unplaced} />}
      <div className="flex justify-end">
        <Button type="submit" isBusy={isBusy}>
          {label}
        </Button>
      </div>
    </div>
  )
}
