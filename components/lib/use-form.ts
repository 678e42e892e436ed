'use client'

import { useState } from 'react'

import { fieldError } from './app-error'

export interface Form<T> {
  readonly values: T
  /** What was there when the operator began to type. */
  readonly initial: T
  /** `set('name')` is the change handler of the field `name`. */
  readonly set: <K extends keyof T>(key: K) => (value: T[K]) => void
  readonly isTouched: boolean
  /** Forgets what was typed. */
  readonly discard: () => void
  /** These values are stored now. What was typed since is kept. */
  readonly saved: (values: T) => void
}

/**
 * Values of a form's fields. They follow the design until the first is changed; from then on nothing moves under the operator's
 * hands, and `initial` tells what was changed (changed-fields.ts). Rules are the server's; its answers are shown at the fields.
 */
export function useForm<T extends object>(design: T): Form<T> {
  const [typed, setTyped] = useState<Pick<Form<T>, 'initial' | 'values'> | null>(null)
  const untouched = { initial: design, values: design }
  const set =
    <K extends keyof T>(key: K) =>
    (value: T[K]) =>
      setTyped((now) => {
        const { initial, values } = now ?? untouched
        return { initial, values: { ...values, [key]: value } }
      })
  return {
    ...(typed ?? untouched),
    set,
    isTouched: typed !== null,
    discard: () => setTyped(null),
    saved: (stored) => setTyped((now) => (now === null || now.values === stored ? null : { initial: stored, values: now.values })),
  }
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
