'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'

import { formatCount } from '@/components/lib/format'
import { StatusMark } from '@/components/ui/StatusMark'
import type { InsideLink } from '@/server/core/api-types'

import type { DeviceGlyph } from './device-glyphs'
import { useInsideView } from './use-inside-view'

interface DeviceRowProps {
  readonly id: string
  readonly name: string
  readonly glyph: DeviceGlyph
  /** What is wrong with it, in a sentence; null is well. On what is not ours it is only said, not alarmed about. */
  readonly trouble: string | null
  /** Between name and counters: tag, peer, addresses. */
  readonly children?: ReactNode
  readonly counters: InsideLink['counters']
}

/** One device or port of a box. The row is a button: selecting it opens the inspector and lights its wire. */
export function DeviceRow({ id, name, glyph: { Icon, word }, trouble, children, counters }: DeviceRowProps) {
  const { selectedId, lit, standing, onSelect } = useInsideView()
  const { kind, note } = standing(id)
  const isSelected = selectedId === id
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      title={`${name} (${word})${kind === 'foreign' ? ', not ours' : ''}`}
      className={clsx(
        'flex h-7 w-full min-w-0 items-center gap-2 border-t border-line px-2 text-left first:border-t-0 focus-visible:-outline-offset-2',
        isSelected ? 'bg-accent-soft' : lit.has(id) ? 'bg-accent-soft/50' : 'hover:bg-hover',
        kind === 'foreign' && 'hatched text-faint',
      )}
      onClick={() => onSelect(id)}
    >
      <Icon aria-label={word} className={clsx('size-3.5 shrink-0', lit.has(id) ? 'text-accent' : 'text-faint')} strokeWidth={1.75} />
      <span className="min-w-16 shrink-0 truncate font-mono text-sm">{name}</span>
      <span className="flex min-w-0 flex-1 items-center gap-1.5 overflow-hidden text-sm text-faint">
        {trouble &&
          (kind === 'ours' ? <StatusMark status="bad" label={trouble} /> : <span className="truncate">{trouble.toLowerCase()}</span>)}
        {children}
      </span>
      {counters && <Counters counters={counters} isAlarming={kind === 'ours' && note === null} />}
    </button>
  )
}

interface CountersProps {
  readonly counters: NonNullable<InsideLink['counters']>
  /** A bridge's own port drops what nobody wants from it: that is not news. */
  readonly isAlarming: boolean
}

function Counters({ counters, isAlarming }: CountersProps) {
  const { rxPackets, txPackets, rxDropped, txDropped } = counters
  const dropped = rxDropped + txDropped
  const title = `received ${rxPackets}, sent ${txPackets}, dropped ${dropped} packets`
  return (
    <span title={title} className="shrink-0 text-right font-mono text-xs text-faint">
      {dropped > 0 && <span className={clsx('mr-1.5', isAlarming && 'text-warn')}>{formatCount(dropped)} dropped</span>}↓
      {formatCount(rxPackets)} ↑{formatCount(txPackets)}
    </span>
  )
}
