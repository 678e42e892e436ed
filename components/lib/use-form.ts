'use client'

import { useState } from 'react'

import { fieldError } from './app-error'

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

/** What an input needs to show and change one field: `<TextInput label="Name" {...field('name')} />`. `at` is its name in the API. */
export const fieldsOf =
  <T extends object>({ values, set }: Form<T>, error: unknown) =>
  <K extends keyof T & string>(key: K, at: string = key) => ({
    value: values[key],
    onValueChange: set(key),
    error: fieldError(error, at),
  })

type Switch<T> = { [K in keyof T]: T[K] extends boolean ? K : never }[keyof T] & string

/** The same for a checkbox. */
export const switchesOf =
  <T extends object>({ values, set }: Form<T>, error: unknown) =>
  (key: Switch<T>, at: string = key) => ({
    isChecked: values[key] === true,
    onCheckedChange: set(key) as (isChecked: boolean) => void,
    error: fieldError(error, at),
  })
