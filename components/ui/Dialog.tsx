'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { Form } from './Form'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  /** One sentence on what this does. */
  readonly description?: ReactNode
  /** Buttons, the deciding one last. */
  readonly footer?: ReactNode
  /** Makes the body and footer one form; a submit button in the footer sends it. */
  readonly onSubmit?: () => void
  readonly size?: 'sm' | 'md' | 'lg'
  readonly children: ReactNode
}

const BODY = 'flex min-h-0 flex-1 flex-col'
const WIDTHS = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-4xl' } as const

/** A modal. Esc and the cross close it; focus goes in and comes back. */
export function Dialog({ isOpen, onClose, title, description, footer, onSubmit, size = 'md', children }: DialogProps) {
  const content = (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>}
    </>
  )
  return (
    <Radix.Root open={isOpen} onOpenChange={(isNowOpen) => !isNowOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-[rgb(10_12_15/0.45)]" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          className={clsx(
            'appear fixed top-[8vh] left-1/2 z-40 flex max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-lg border border-line-strong/60 bg-panel shadow-pop outline-none',
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="truncate text-lg">{title}</Radix.Title>
              {description && <Radix.Description className="mt-0.5 text-dim">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <button
                type="button"
                aria-label="Close"
                title="Close"
                className="flex size-6 shrink-0 items-center justify-center rounded-md text-dim hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </Radix.Close>
          </header>
          {onSubmit ? (
            <Form onSubmit={onSubmit} className={BODY}>
              {content}
            </Form>
          ) : (
            <div className={BODY}>{content}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Into the first field; where there is none, onto the button that changes nothing, or the dialog itself. */
function focusFirstField(event: Event): void {
  const content = event.target
  if (!(content instanceof HTMLElement)) return
  const field = content.querySelector<HTMLElement>('input:not(:disabled), select:not(:disabled), textarea:not(:disabled)')
  const target = field ?? content.querySelector<HTMLElement>('footer button') ?? content
  event.preventDefault()
  target.focus()
}
