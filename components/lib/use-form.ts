'use client'

// The form of a page or a dialog. TanStack Form keeps its values, what was changed and left of them, and asks what is wrong.

import { useForm as useTanStackForm, useStore } from '@tanstack/react-form'
import { useState, type FocusEventHandler } from 'react'

import type { ApiIssue } from '@/server/core/api-types'

import { afterPress } from './after-press'
import { fieldError, joinErrors } from './app-error'
import { foundNothing, shownIssues, type Check } from './check-form'

/** What inputs need of a form. */
export interface Fields<T> {
  readonly values: T
  /** `set('name')` is the change handler of the field `name`. */
  readonly set: <K extends keyof T>(key: K) => (value: T[K]) => void
  /** The blur handler of a field, or of a group of them, by its name in the API: what is wrong with it is shown from then on. */
  readonly leave: (at: string) => FocusEventHandler
}

export interface Form<T> extends Fields<T> {
  /** What was there when the operator began to type. */
  readonly initial: T
  readonly isTouched: boolean
  /** Forgets what was typed. */
  readonly discard: () => void
  /** These values are stored now. What was typed since is kept. */
  readonly saved: (values: T) => void
  /** Asks the server, unless the form itself finds something wrong; that is shown then. */
  readonly submit: (send: () => void) => void
  /** What the form finds wrong, as far as it is to be shown, and what the server answered; for the fields. */
  readonly errorWith: (answer: unknown) => unknown
}

type Send = () => void

/**
 * Values of a form's fields. They follow the design until the first is changed; from then on nothing moves under the operator's
 * hands, and `initial` tells what was changed (changed-fields.ts). What is wrong with the input's shape, and what one field is
 * forbidden by itself, is found here, in the server's words (check-form.ts); other rules are the server's, and its answers are shown at the fields.
 */
export function useForm<T extends object>(design: T, check: Check<T> = foundNothing): Form<T> {
  const [kept, keep] = useState<T | null>(null)
  const initial = kept ?? design
  const form = useTanStackForm({
    defaultValues: initial,
    validators: {
      onChange: ({ value }: { readonly value: T }): readonly ApiIssue[] | undefined => {
        const issues = check(value, initial)
        return issues.length > 0 ? issues : undefined
      },
    },
    // What was wrong a moment ago is looked at again: more than the values may decide it.
    canSubmitWhenInvalid: true,
    onSubmitMeta: (() => {}) as Send,
    onSubmit: ({ meta: send }) => send(),
  })
  const { values, isDirty, errorMap, fieldMeta, submissionAttempts, isSubmitted } = useStore(form.store)
  const left = Object.entries<{ readonly isBlurred?: boolean } | undefined>(fieldMeta).flatMap(([at, meta]) =>
    meta?.isBlurred ? [at] : [],
  )
  const isTried = submissionAttempts > 0
  return {
    values,
    initial,
    set: (key) => (value) => {
      keep((now) => now ?? design)
      form.setFieldValue(key as never, value as never)
    },
    leave:
      (at) =>
      ({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return
        afterPress(() => {
          form.setFieldMeta(at as never, (meta) => ({ ...meta, isBlurred: true }))
          // A field that was left as it was is looked at, too.
          void form.validateField(at as never, 'change')
        })
      },
    isTouched: isDirty,
    discard: () => {
      form.reset()
      keep(null)
    },
    saved: (stored) => {
      if (form.state.values !== stored) return keep(stored)
      form.reset(stored)
      keep(null)
    },
    submit: (send) => void form.handleSubmit(send),
    // The server's answer was to an attempt before: one that was not sent has none.
    errorWith: (answer) => joinErrors(shownIssues(errorMap.onChange ?? [], isTried, left), isTried && !isSubmitted ? null : answer),
  }
}

/** What an input needs to show and change one field: `<TextInput label="Name" {...field('name')} />`. `at` is its name in the API. */
export const fieldsOf =
  <T extends object>({ values, set, leave }: Fields<T>, error: unknown) =>
  <K extends keyof T & string>(key: K, at: string = key) => ({
    value: values[key],
    onValueChange: set(key),
    onBlur: leave(at),
    error: fieldError(error, at),
  })

type Switch<T> = { [K in keyof T]: T[K] extends boolean ? K : never }[keyof T] & string

/** The same for a checkbox. */
export const switchesOf =
  <T extends object>({ values, set }: Fields<T>, error: unknown) =>
  (key: Switch<T>, at: string = key) => ({
    isChecked: values[key] === true,
    onCheckedChange: set(key) as (isChecked: boolean) => void,
    error: fieldError(error, at),
  })
