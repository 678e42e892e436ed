'use client'

import clsx from 'clsx'
import { memo } from 'react'

import { explainHopDetail } from '@/server/core/explain/hop'
import { explainHop, isMisbuilt } from '@/server/core/explain/path'

import { HopMarks } from './AgreementMark'
import { HopGlyph } from './HopGlyph'
import { HopRateText } from './HopRateText'
import { rows } from './layout-path'
import type { PlacedHop } from './placed'
import type { HopRate } from './live-rates'

interface HopColumnProps {
  readonly placed: PlacedHop
  readonly rate: HopRate | undefined
  readonly isSelected: boolean
  /** The hop the verdict is about. */
  readonly isVerdict: boolean
  readonly isTabStop: boolean
  readonly onSelect: (hopId: string) => void
}

/** One hop from top to bottom: device, dot on the line, detail, three marks, counter. */
export const HopColumn = memo(function HopColumn({ placed, rate, isSelected, isVerdict, isTabStop, onSelect }: HopColumnProps) {
  const { hop, left, width } = placed
  const top = rows.device - 4
  const detail = explainHopDetail(hop)
  return (
    <button
      type="button"
      data-hop={hop.id}
      aria-pressed={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      title={hop.place.device}
      className={clsx(
        'absolute block rounded-sm text-center focus-visible:-outline-offset-1',
        isSelected ? 'bg-accent/15 ring-1 ring-accent' : isVerdict ? 'bg-bad/15' : 'hover:bg-ink/5',
      )}
      style={{ left: left + 1, width: width - 2, top, height: rows.boxEnd - top - 3 }}
      onClick={() => onSelect(hop.id)}
    >
      <span className="sr-only">{explainHop(hop)}</span>
      <span aria-hidden className="absolute inset-x-1 truncate font-mono text-xs text-ink" style={{ top: 4 }}>
        {hop.place.device}
      </span>
      <span className="absolute inset-x-0 flex justify-center" style={{ top: rows.line - top - 7 }}>
        <HopGlyph role={hop.role} isBroken={isVerdict || isMisbuilt(hop)} isSelected={isSelected} />
      </span>
      <span
        className="absolute inset-x-0.5 line-clamp-2 text-xs leading-[14px] break-words text-dim"
        style={{ top: rows.detail - top }}
        title={detail}
      >
        {detail}
      </span>
      <span aria-hidden className="absolute inset-x-0 flex justify-center" style={{ top: rows.marks - top }}>
        <HopMarks hop={hop} />
      </span>
      <span className="absolute inset-x-0 truncate font-mono text-xs leading-4" style={{ top: rows.counter - top }}>
        {rate && <HopRateText rate={rate} />}
      </span>
    </button>
  )
})
