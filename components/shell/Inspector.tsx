'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

import { IconButton } from '@/components/ui/IconButton'

import { useEscape } from './escape'
import { useInspectorSlot } from './inspector-slot'

interface InspectorProps {
  /** The thing looked at. */
  readonly title: ReactNode
  /** What kind of thing it is, above the title. */
  readonly kind?: string
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The right pane. Render it anywhere in a page while something is selected; Esc closes it. */
export function Inspector(props: InspectorProps) {
  const slot = useInspectorSlot()
  return slot ? createPortal(<InspectorPane {...props} />, slot) : null
}

function InspectorPane({ title, kind, onClose, actions, children }: InspectorProps) {
  useEscape(onClose)
  return (
    <aside aria-label="Inspector" className="flex w-80 min-w-0 shrink-0 flex-col border-l border-line bg-panel xl:w-96">
      <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          {kind && <p className="truncate text-xs text-faint">{kind}</p>}
          <h2 className="truncate">{title}</h2>
        </div>
        <IconButton label="Close inspector" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {actions && <div className="flex flex-wrap gap-1 border-b border-line px-4 py-2">{actions}</div>}
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  )
}

interface InspectorSectionProps {
  readonly title: string
  readonly meta?: ReactNode
  readonly children: ReactNode
}

/** One group of facts in the inspector. */
export function InspectorSection({ title, meta, children }: InspectorSectionProps) {
  return (
    <section aria-label={title} className="border-b border-line px-4 py-3 last:border-b-0">
      <h3 className="mb-2 flex items-center gap-2 text-sm text-faint">
        {title}
        {meta && <span className="ml-auto font-normal">{meta}</span>}
      </h3>
      {children}
    </section>
  )
}
