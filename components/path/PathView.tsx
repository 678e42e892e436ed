'use client'

import { useMemo } from 'react'

import { useNow } from '@/components/ui/use-now'
import { staleHosts } from '@/server/core/path/currency'
import type { LegName, Path, PathHost } from '@/server/core/path/path'
import type { HopEvidence, Verification } from '@/server/core/path/verification'

import { HostTroubles } from './HostTroubles'
import { HopInspector } from './HopInspector'
import { HopTable } from './HopTable'
import { LegSwitch } from './LegSwitch'
import type { LiveReadings } from './live-rates'
import { PathLines } from './PathLines'
import { judgePath } from './path-verdict'
import { VerdictBar } from './VerdictBar'

interface PathViewProps {
  readonly readings: LiveReadings
  /** The verification on the drawing; null draws the last one. */
  readonly verification: Verification | null
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string | null) => void
  /** Inner hosts that are drawn as one hop, and how that changes. */
  readonly folded?: readonly string[]
  readonly onFold?: (hostId: string) => void
  /** Which direction is drawn, and how that changes; the hop belongs to the direction. */
  readonly leg?: LegName
  readonly onLegChange?: (leg: LegName, hopId?: string | null) => void
}

const noEvidence: readonly HopEvidence[] = []
const nothingFolded: readonly string[] = []
const foldNothing = (): void => {}

/** One path, three truths: verdict, drawing, table, and the inspector of the hop looked at. */
export function PathView({
  readings,
  verification,
  selectedHopId,
  onSelect,
  folded = nothingFolded,
  onFold = foldNothing,
  leg = 'forth',
  onLegChange,
}: PathViewProps) {
  const { path } = readings
  const rates = readings.rates[leg]
  const evidence = verification?.hops ?? noEvidence
  const stale = useStaleHosts(path)
  const judged = useMemo(() => judgePath(path, verification, stale), [path, verification, stale])
  const { verdict } = judged
  const hops = judged[leg]
  const ends = useMemo(() => (leg === 'forth' ? path : { ...path, source: path.destination, destination: path.source }), [path, leg])
  const selected = hops.find((hop) => hop.id === selectedHopId)
  const selectedId = selected?.id ?? null
  return (
    <>
      <HostTroubles hosts={path.hosts} />
      <VerdictBar
        verdict={verdict}
        hops={judged[verdict.leg]}
        onSelect={(hopId) => (verdict.leg === leg || !onLegChange ? onSelect(hopId) : onLegChange(verdict.leg, hopId))}
      >
        {onLegChange && <LegSwitch leg={leg} onLegChange={onLegChange} />}
      </VerdictBar>
      <PathLines
        path={path}
        judged={judged}
        readings={readings}
        leg={leg}
        selectedHopId={selectedId}
        onSelect={onSelect}
        folded={folded}
        onFold={onFold}
        onLegChange={onLegChange}
      />
      <div className="min-h-40 flex-1 bg-panel">
        <HopTable hops={hops} rates={rates} evidence={evidence} selectedHopId={selectedId} onSelect={onSelect} />
      </div>
      {selected && (
        <HopInspector
          path={ends}
          hops={hops}
          hop={selected}
          rate={rates[selected.id]}
          evidence={evidence.find((each) => each.hopId === selected.id) ?? null}
          sentence={verdict.hopId === selected.id && verdict.leg === leg ? verdict.sentence : null}
          onSelect={onSelect}
          onClose={() => onSelect(null)}
        />
      )}
    </>
  )
}

/** The same array until another host ages or a reading comes, so that the clock alone draws nothing anew. */
function useStaleHosts(path: Path): readonly PathHost[] {
  const now = useNow()
  const ids =
    now === null
      ? ''
      : staleHosts(path, now)
          .map(({ id }) => id)
          .join(' ')
  return useMemo(() => path.hosts.filter(({ id }) => ids.split(' ').includes(id)), [path, ids])
}
