'use client'

import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'

import { Age } from '@/components/ui/Age'
import { readAt, STALE_AFTER_S } from '@/server/core/path/currency'
import type { NestedHost, Path, PathHop } from '@/server/core/path/path'

import { foldedHostOf, foldNested } from './fold-nested'
import { headerStrips } from './header-strips'
import { HopColumn } from './HopColumn'
import { layoutPath, rows } from './layout-path'
import { mirrored } from './mirrored'
import type { PlacedBox } from './placed'
import type { HopRate } from './live-rates'
import { PathBoxes } from './PathBoxes'
import { PathSegments } from './PathSegments'
import { StripRow } from './StripRow'
import { translationStrip } from './translation'
import { useFittingZoom } from './use-fitting-zoom'

interface PathDrawingProps {
  readonly path: Path
  /** The path's hops with the evidence of a verification on them. */
  readonly hops: readonly PathHop[]
  readonly rates: Readonly<Record<string, HopRate>>
  readonly sequence: number
  readonly selectedHopId: string | null
  readonly verdictHopId: string | null
  readonly onSelect: (hopId: string) => void
  readonly folded: readonly string[]
  readonly onFold: (hostId: string) => void
  /** The way back, drawn from right to left below the way forth: its ends are the path's all the same. */
  readonly isMirrored?: boolean
  readonly label?: string
  /** Above it, where there are two. */
  readonly caption?: string | null
}

const notNested: readonly NestedHost[] = []

/** The path, drawn once: hosts, bridges, the line, the headers below it, three marks per hop. */
export function PathDrawing({
  path,
  hops: allHops,
  rates,
  sequence,
  selectedHopId,
  verdictHopId,
  onSelect,
  folded,
  onFold,
  isMirrored = false,
  label = 'Path',
  caption = null,
}: PathDrawingProps) {
  const nested = path.nested ?? notNested
  const hops = useMemo(() => {
    const drawn = foldNested(allHops, nested, folded)
    return isMirrored ? mirrored(drawn) : drawn
  }, [allHops, nested, folded, isMirrored])
  const layout = useMemo(
    () => layoutPath(hops, { ends: { source: path.source.label, destination: path.destination.label }, nested }),
    [hops, path, nested],
  )
  /** A hop that stands for a host opens it. */
  const open = useCallback(
    (hopId: string) => {
      const hostId = foldedHostOf(hopId)
      return hostId === null ? onSelect(hopId) : onFold(hostId)
    },
    [onSelect, onFold],
  )
  const strip = useMemo(() => translationStrip(layout, isMirrored), [layout, isMirrored])
  const headers = useMemo(() => headerStrips(layout), [layout])
  const scrollRef = useRef<HTMLDivElement>(null)
  const zoom = useFittingZoom(scrollRef, layout.width)
  const tabStop = selectedHopId ?? verdictHopId ?? hops[0]?.id
  useKeptInView(scrollRef, selectedHopId ?? verdictHopId)
  return (
    <div
      ref={scrollRef}
      role="region"
      aria-label={label}
      className="relative min-w-0 overflow-x-auto overflow-y-hidden p-3"
      onKeyDown={moveFocus}
    >
      {caption !== null && <p className="sticky left-0 -mt-1.5 mb-1 w-max text-xs font-semibold text-dim">{caption}</p>}
      <div className="relative" style={{ width: layout.width, height: layout.height, zoom }}>
        <svg aria-hidden width={layout.width} height={layout.height} className="absolute inset-0">
          <PathBoxes boxes={layout.boxes} />
        </svg>
        {layout.boxes.map((box) => (
          <BoxLabel key={box.id} box={box} observedAt={readAt(path, box.hostId)} onFold={onFold} />
        ))}
        <svg aria-hidden width={layout.width} height={layout.height} className="pointer-events-none absolute inset-0">
          <PathSegments
            segments={layout.segments}
            rates={rates}
            sequence={sequence}
            brokenFromX={layout.hops.find((placed) => placed.hop.id === verdictHopId)?.x ?? null}
            isMirrored={isMirrored}
          />
        </svg>
        {layout.hops.map((placed) => (
          <HopColumn
            key={placed.hop.id}
            placed={placed}
            rate={rates[placed.hop.id]}
            isSelected={placed.hop.id === selectedHopId}
            isVerdict={placed.hop.id === verdictHopId}
            isTabStop={placed.hop.id === tabStop}
            onSelect={open}
          />
        ))}
        <StripRow strip={strip} headers={headers} selectedHopId={selectedHopId} onSelect={open} />
      </div>
    </div>
  )
}

interface BoxLabelProps {
  readonly box: PlacedBox
  readonly observedAt: string | null
  readonly onFold: (hostId: string) => void
}

function BoxLabel({ box, observedAt, onFold }: BoxLabelProps) {
  const place = { left: box.labelX + 8, width: Math.max(0, box.x + box.width - box.labelX - 14), top: box.y + 4 }
  if (box.kind === 'host') {
    return (
      <div className="absolute" style={{ ...place, top: rows.hostLabel }}>
        <span className="sticky left-3 inline-flex items-baseline gap-2">
          <HostName box={box} onFold={onFold} />
          <span className="text-xs text-faint">
            {observedAt === null ? (
              'never read'
            ) : (
              <>
                read <Age at={observedAt} staleAfterS={STALE_AFTER_S} />
              </>
            )}
          </span>
        </span>
      </div>
    )
  }
  return (
    <span
      title={box.label}
      className="absolute truncate font-mono text-xs leading-[14px] text-faint"
      style={{ ...place, left: box.x + 5, width: Math.max(0, box.width - 8) }}
    >
      {box.label}
    </span>
  )
}

/** The name of a host that is a VM takes it back into its box. */
function HostName({ box: { label, foldsHostId }, onFold }: Pick<BoxLabelProps, 'box' | 'onFold'>) {
  const name = <span className="font-mono text-sm font-semibold">{label}</span>
  if (foldsHostId === null) return name
  return (
    <button
      type="button"
      title="Zoom out: draw this host as one hop"
      className="relative z-10 flex items-baseline gap-1 hover:text-accent"
      onClick={() => onFold(foldsHostId)}
    >
      {name}
      <span aria-hidden className="text-xs text-faint">
        ⊟
      </span>
    </button>
  )
}

/** Left and right walk from hop to hop; Home and End go to the two ends. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hop]')]
  const index = buttons.indexOf(document.activeElement as HTMLElement)
  const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (index < 0 || target === undefined) return
  event.preventDefault()
  buttons[target]?.focus()
}

/** The hop looked at, or the broken one, is never outside the panel. */
function useKeptInView(scrollRef: React.RefObject<HTMLDivElement | null>, hopId: string | null): void {
  useEffect(() => {
    if (hopId === null) return
    const hop = scrollRef.current?.querySelector(`[data-hop="${CSS.escape(hopId)}"]`)
    hop?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [scrollRef, hopId])
}
