import clsx from 'clsx'
import { useMemo } from 'react'

import type { LegName, Path } from '@/server/core/path/path'

import type { LiveReadings } from './live-rates'
import { areTwoLines } from './mirrored'
import type { JudgedPath } from './path-verdict'
import { PathDrawing } from './PathDrawing'
import { PathLegend } from './PathLegend'

interface PathLinesProps {
  readonly path: Path
  readonly judged: JudgedPath
  readonly readings: LiveReadings
  /** The direction looked at. */
  readonly leg: LegName
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string | null) => void
  readonly folded: readonly string[]
  readonly onFold: (hostId: string) => void
  readonly onLegChange: ((leg: LegName, hopId?: string | null) => void) | undefined
}

/** One line where both directions come by the same places, else two: the way back below the way forth, from right to left. */
export function PathLines({ path, judged, readings, leg, selectedHopId, onSelect, folded, onFold, onLegChange }: PathLinesProps) {
  const hasTwoLines = onLegChange !== undefined && areTwoLines(path.forth.hops, path.back.hops)
  const drawn: readonly LegName[] = hasTwoLines ? ['forth', 'back'] : [leg]
  const isTurned = !hasTwoLines && leg === 'back'
  const ends = useMemo(() => (isTurned ? turned(path) : path), [path, isTurned])
  const { verdict } = judged
  return (
    <div className={clsx('border-b border-line bg-canvas', hasTwoLines ? 'max-h-[70%] min-h-0 overflow-y-auto' : 'shrink-0')}>
      {drawn.map((each) => (
        <PathDrawing
          key={each}
          label={each === 'back' && hasTwoLines ? 'Path back' : 'Path'}
          path={ends}
          hops={judged[each]}
          rates={readings.rates[each]}
          sequence={readings.sequence}
          selectedHopId={each === leg ? selectedHopId : null}
          verdictHopId={verdict.status === 'bad' && verdict.leg === each ? verdict.hopId : null}
          onSelect={(hopId) => (each === leg || !onLegChange ? onSelect(hopId) : onLegChange(each, hopId))}
          folded={folded}
          onFold={onFold}
          isMirrored={hasTwoLines && each === 'back'}
          caption={hasTwoLines ? captions[each] : null}
        />
      ))}
      <PathLegend />
    </div>
  )
}

const captions: Readonly<Record<LegName, string>> = { forth: 'Forth →', back: '← Back' }

const turned = (path: Path): Path => ({ ...path, source: path.destination, destination: path.source })
