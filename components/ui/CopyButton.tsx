'use client'

import clsx from 'clsx'
import { Check, Copy, X } from 'lucide-react'

import { useCopy } from './use-copy'

interface CopyButtonProps {
  readonly value: string
  /** The button's name; the value itself is too long to be one. */
  readonly label?: string
  readonly className?: string
}

const GLYPHS = { none: Copy, copied: Check, refused: X } as const

export function CopyButton({ value, label = 'Copy', className }: CopyButtonProps) {
  const { outcome, copy } = useCopy(value)
  const Glyph = GLYPHS[outcome]
  return (
    <button
      type="button"
      aria-label={outcome === 'copied' ? 'Copied' : label}
      title={outcome === 'refused' ? 'The browser refused; select and copy by hand' : label}
      className={clsx(
        'inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink',
        className,
      )}
      onClick={(event) => {
        event.stopPropagation()
        void copy()
      }}
    >
      <Glyph aria-hidden className="size-3" />
    </button>
  )
}
