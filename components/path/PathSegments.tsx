import type { LinkStyle } from '@/server/core/path/path'

import type { HopRate } from './live-rates'
import { rows } from './layout-path'
import type { PlacedSegment } from './placed'
import styles from './path.module.css'

const Y = rows.line
const VETH_GAP = 2.5

interface PathSegmentsProps {
  readonly segments: readonly PlacedSegment[]
  readonly rates: Readonly<Record<string, HopRate>>
  /** Number of the reading; a new one lets the lines that moved move once. */
  readonly sequence: number
  /** Where the first broken hop stands: what follows is drawn faintly. */
  readonly brokenFromX: number | null
  /** Packets run from right to left. */
  readonly isMirrored?: boolean
}

/** The line through all hops. How it is drawn says what it is; it moves only when its counter did. */
export function PathSegments({ segments, rates, sequence, brokenFromX, isMirrored = false }: PathSegmentsProps) {
  return (
    <g fill="none">
      {segments.map((segment) => (
        <g key={segment.id} data-style={segment.style} opacity={isBehind(segment, brokenFromX, isMirrored) ? 0.4 : 1}>
          <SegmentLine segment={segment} />
          {hasMoved(segment, rates) && (
            <line
              key={sequence}
              className={styles.moved}
              x1={isMirrored ? segment.toX : segment.fromX}
              x2={isMirrored ? segment.fromX : segment.toX}
              y1={Y}
              y2={Y}
              stroke="var(--ok)"
              strokeWidth="3"
              strokeLinecap="round"
              pathLength={100}
            />
          )}
        </g>
      ))}
    </g>
  )
}

const isBehind = ({ fromX, toX }: PlacedSegment, brokenFromX: number | null, isMirrored: boolean): boolean =>
  brokenFromX !== null && (isMirrored ? toX <= brokenFromX : fromX >= brokenFromX)

function SegmentLine({ segment: { fromX, toX, style } }: { readonly segment: PlacedSegment }) {
  const ends = { x1: fromX, x2: toX }
  switch (style) {
    case 'veth':
      return (
        <g stroke="var(--dim)" strokeWidth="1.25">
          <line {...ends} y1={Y - VETH_GAP} y2={Y - VETH_GAP} />
          <line {...ends} y1={Y + VETH_GAP} y2={Y + VETH_GAP} />
        </g>
      )
    case 'patch':
      return <line {...ends} y1={Y} y2={Y} stroke="var(--dim)" strokeWidth="2.25" strokeLinecap="round" strokeDasharray="0.1 5" />
    case 'tunnel':
      return <line {...ends} y1={Y} y2={Y} stroke="var(--line-strong)" strokeWidth="7" />
    case 'wire':
    case 'plug':
    case 'bridge-port':
      return <line {...ends} y1={Y} y2={Y} stroke="var(--dim)" strokeWidth={lineWidth[style]} />
  }
}

const lineWidth: Record<Extract<LinkStyle, 'wire' | 'plug' | 'bridge-port'>, number> = { wire: 2, plug: 1.5, 'bridge-port': 1.5 }

function hasMoved(segment: PlacedSegment, rates: Readonly<Record<string, HopRate>>): boolean {
  const own = rates[segment.fromHopId] ?? rates[segment.toHopId]
  return own?.hasMoved ?? false
}
