import type { Form } from '@/components/lib/use-form'
import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'

interface RetentionFootProps {
  readonly form: Pick<Form<never>, 'isTouched' | 'discard'>
  readonly isValid: boolean
  readonly isBusy: boolean
  readonly isCounting: boolean
  /** What saving takes away; null when nothing. */
  readonly taken: string | null
}

/** What saving would do, and the buttons. */
export function RetentionFoot({ form, isValid, isBusy, isCounting, taken }: RetentionFootProps) {
  const reason = !form.isTouched
    ? 'Nothing was changed.'
    : !isValid
      ? 'A number is out of its bounds.'
      : isCounting
        ? 'What it takes away is being counted.'
        : null
  return (
    <div className="flex min-h-12 items-center gap-2 border-t border-line px-3 py-2">
      <span role="status" className="min-w-0 flex-1">
        {form.isTouched &&
          isValid &&
          !isCounting &&
          (taken === null ? (
            <span className="text-dim">Saving takes nothing away.</span>
          ) : (
            <StatusMark status="warn" label={`Saving removes ${taken}.`} />
          ))}
      </span>
      {form.isTouched && <Button onClick={form.discard}>Discard</Button>}
      <Button type="submit" isBusy={isBusy} disabledReason={reason}>
        Save limits
      </Button>
    </div>
  )
}
