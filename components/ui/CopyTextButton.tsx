'use client'

import { Check, Copy, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button } from './Button'
import { useCopy } from './use-copy'

const GLYPHS = { none: Copy, copied: Check, refused: X } as const

/** A button with words that copies a longer text. */
export function CopyTextButton({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  const { outcome, copy } = useCopy(value)
  const Glyph = GLYPHS[outcome]
  return (
    <Button onClick={copy} title={outcome === 'refused' ? 'The browser refused; select and copy by hand' : undefined}>
      <Glyph aria-hidden />
      {outcome === 'copied' ? 'Copied' : children}
    </Button>
  )
}
