'use client'

import { useMutation } from '@tanstack/react-query'

import { useEditDone } from './use-edit-done'

export interface Saved {
  /** "Network blue created" */
  readonly news: string
  /** The design is new already. */
  readonly onSaved: (id: string) => void
}

/** One edit of the design by a form: sent, the design asked for again, told, and the form closed by `onSaved`. */
export function useSave<Input = void>(send: (input: Input) => Promise<{ readonly id: string }>, { news, onSaved }: Saved) {
  const done = useEditDone()
  return useMutation({
    mutationFn: send,
    onSuccess: async ({ id }) => {
      await done(news)
      onSaved(id)
    },
  })
}
