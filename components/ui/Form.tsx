'use client'

import { useEffect, useRef, type ReactNode } from 'react'

interface FormProps {
  readonly onSubmit: () => void
  readonly 'aria-label'?: string
  readonly className?: string
  readonly children: ReactNode
}

/** Inputs that say they are wrong (Field.tsx, Checkbox.tsx). */
const WRONG = '[aria-invalid=true]:not(:disabled)'
/** What an operator does who goes on without waiting for the answer. */
const ACTS = ['pointerdown', 'keydown', 'input'] as const

/**
 * A form that is sent as a whole. Where it is refused, by itself or by the server, the focus goes to the first field that is wrong, unless the operator
 * did something else meanwhile.
 */
export function Form({ onSubmit, children, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const isAwaited = useRef(false)
  // With every drawing: what is wrong shows in several, its own findings before the server's.
  useEffect(() => {
    if (isAwaited.current) form.current?.querySelector<HTMLElement>(WRONG)?.focus()
  })
  useEffect(() => {
    const forget = () => void (isAwaited.current = false)
    for (const act of ACTS) window.addEventListener(act, forget, { capture: true })
    return () => {
      for (const act of ACTS) window.removeEventListener(act, forget, { capture: true })
    }
  }, [])
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog that this form has opened is a form of its own.
        if (event.target !== event.currentTarget) return
        isAwaited.current = true
        onSubmit()
      }}
      {...rest}
    >
      {children}
    </form>
  )
}
