'use client'

import clsx from 'clsx'
import { useMemo, useRef } from 'react'

import { HopGlyph } from '@/components/path/HopGlyph'
import { designRows, rows } from '@/components/path/layout-path'
import type { PathLayout, PlacedHop } from '@/components/path/placed'
import { PathBoxes } from '@/components/path/PathBoxes'
import { PathSegments } from '@/components/path/PathSegments'
import { StripStretches } from '@/components/path/StripRow'
import { translationStrip } from '@/components/path/translation'
import { useFittingZoom } from '@/components/path/use-fitting-zoom'
import { explainHopDetail } from '@/server/core/explain/hop'
import type { PlugMove } from '@/server/core/trunk/plug-comparison'

import { plugChangeClass } from './plug-change'

interface PlugDrawingProps {
  readonly label: string
  readonly layout: PathLayout
  /** Colours the devices by what the trunk changes about them. */
  readonly moves?: readonly PlugMove[]
}

/** The path's drawing, from the guest to br-int and as it is designed: no marks, no counters. */
export function PlugDrawing({ label, layout, moves = [] }: PlugDrawingProps) {
  const strip = useMemo(() => translationStrip(layout), [layout])
  const scrollRef = useRef<HTMLDivElement>(null)
  const zoom = useFittingZoom(scrollRef, layout.width, 1)
  const size = { width: layout.width, height: layout.height }
  return (
    <div ref={scrollRef} role="region" aria-label={label} className="min-w-0 overflow-x-auto overflow-y-hidden bg-canvas p-3">
      <div className="relative" style={{ ...size, zoom }}>
        <svg aria-hidden {...size} className="absolute inset-0">
          <PathBoxes boxes={layout.boxes} />
        </svg>
        {layout.boxes.map((box) => (
          <span
            key={box.id}
            title={box.label}
            className={clsx('absolute truncate font-mono text-xs leading-[14px]', box.kind === 'host' ? 'font-semibold' : 'text-faint')}
            style={{ left: box.x + 5, width: Math.max(0, box.width - 8), top: box.kind === 'host' ? rows.hostLabel : box.y + 4 }}
          >
            {box.label}
          </span>
        ))}
        <svg aria-hidden {...size} className="pointer-events-none absolute inset-0">
          <PathSegments segments={layout.segments} rates={{}} sequence={0} brokenFromX={null} />
        </svg>
        {layout.hops.map((placed) => (
          <Hop
            key={placed.hop.id}
            placed={placed}
            change={moves.find(({ device, change }) => device === placed.hop.place.device && change !== 'gone')?.change}
          />
        ))}
        <StripStretches strip={strip} />
      </div>
    </div>
  )
}

function Hop({ placed: { hop, left, width }, change }: { readonly placed: PlacedHop; readonly change: PlugMove['change'] | undefined }) {
  const detail = explainHopDetail(hop)
  return (
    <div className="absolute text-center text-xs" style={{ left: left + 1, width: width - 2, top: rows.device }}>
      <span
        title={hop.place.device}
        className={clsx('absolute inset-x-1 truncate font-mono', change ? plugChangeClass[change] : 'text-ink')}
      >
        {hop.place.device}
      </span>
      <span className="absolute inset-x-0 flex justify-center" style={{ top: rows.line - rows.device - 7 }}>
        <HopGlyph role={hop.role} isBroken={false} isSelected={false} />
      </span>
      <span
        title={detail}
        className="absolute inset-x-0.5 line-clamp-2 leading-[14px] break-words text-dim"
        style={{ top: designRows.detail - rows.device }}
      >
        {detail}
      </span>
    </div>
  )
}
