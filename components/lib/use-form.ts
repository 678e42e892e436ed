'use client'

import { useState } from 'react'

export interface Form<T> {
  readonly values: T
  /** `set('name')` is the change handler of the field `name`. */
  readonly set: <K extends keyof T>(key: K) => (value: T[K]) => void
}

/** Values of a form's fields. Rules are the server's; its answers are shown at the fields. */
export function useForm<T extends object>(initial: T): Form<T> {
  const [values, setValues] = useState(initial)
  const set =
    <K extends keyof T>(key: K) =>
    (value: T[K]) =>
      setValues((all) => ({ ...all, [key]: value }))
  return { values, set }
}
