'use client'

import clsx from 'clsx'
import { Monitor, Network, type LucideIcon } from 'lucide-react'

import { Tooltip } from '@/components/ui/Tooltip'

import { writeDesignKind, type PaletteKind } from './palette-drag'

interface PaletteProps {
  /** Why something cannot be made yet. */
  readonly missing: Readonly<Record<PaletteKind, string | null>>
  readonly onCreate: (kind: PaletteKind) => void
}

const ITEMS: readonly { readonly kind: PaletteKind; readonly label: string; readonly Icon: LucideIcon; readonly hint: string }[] = [
  { kind: 'network', label: 'Network', Icon: Network, hint: 'Drag onto the canvas, or press' },
  { kind: 'vm', label: 'VM', Icon: Monitor, hint: 'Drag onto a network to plug it in there, or press' },
]

/** What can be dragged onto the canvas. Pressing does the same, for the keyboard. */
export function Palette({ missing, onCreate }: PaletteProps) {
  return (
    <div
      role="toolbar"
      aria-label="Palette"
      className="absolute top-3 left-3 z-10 flex gap-1 rounded-md border border-line-strong/60 bg-raised p-1 shadow-pop"
    >
      {ITEMS.map(({ kind, label, Icon, hint }) => {
        const reason = missing[kind]
        return (
          <Tooltip key={kind} content={reason ?? hint} side="bottom">
            <button
              type="button"
              draggable={reason === null}
              aria-disabled={reason !== null || undefined}
              aria-description={reason ?? undefined}
              className={clsx(
                'flex h-7 items-center gap-1.5 rounded-sm border border-transparent px-2',
                reason === null
                  ? 'cursor-grab hover:border-line-strong/60 hover:bg-hover active:cursor-grabbing'
                  : 'cursor-not-allowed opacity-50',
              )}
              onDragStart={(event) => writeDesignKind(event.dataTransfer, kind)}
              onClick={() => reason === null && onCreate(kind)}
            >
              <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
              {label}
            </button>
          </Tooltip>
        )
      })}
    </div>
  )
}
