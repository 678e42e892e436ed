interface FieldErrorProps {
  readonly id?: string
  /** What is wrong; null: nothing. */
  readonly message: string | null | undefined
}

/** What is wrong with a field or a group of them, said when it comes up. */
export function FieldError({ id, message }: FieldErrorProps) {
  if (!message) return null
  return (
    <p id={id} role="alert" className="text-sm text-bad">
      {message}
    </p>
  )
}
