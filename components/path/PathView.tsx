'use client'

import { useMemo } from 'react'

import type { HopEvidence } from '@/server/core/path/verification'

import { HopInspector } from './HopInspector'
import { HopTable } from './HopTable'
import type { LiveReadings } from './live-rates'
import { mergeEvidence, pathVerdict } from './merge-evidence'
import { PathDrawing } from './PathDrawing'
import { PathLegend } from './PathLegend'
import { VerdictBar } from './VerdictBar'

interface PathViewProps {
  readonly readings: LiveReadings
  readonly evidence: readonly HopEvidence[]
  /** The sentence of a finished verification, about its first bad hop. */
  readonly evidenceVerdict: { readonly hopId: string; readonly sentence: string } | null
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string | null) => void
  /** Inner hosts that are drawn as one hop, and how that changes. */
  readonly folded?: readonly string[]
  readonly onFold?: (hostId: string) => void
}

const nothingFolded: readonly string[] = []
const foldNothing = (): void => {}

/** One path, three truths: verdict, drawing, table, and the inspector of the hop looked at. */
export function PathView({ readings, evidence, evidenceVerdict, selectedHopId, onSelect, folded = nothingFolded, onFold = foldNothing }: PathViewProps) {
  const { path, rates, sequence } = readings
  const hops = useMemo(() => mergeEvidence(path.hops, evidence), [path, evidence])
  const verdict = pathVerdict(hops, evidence, evidenceVerdict ?? path.verdict)
  const selected = hops.find((hop) => hop.id === selectedHopId)
  return (
    <>
      <VerdictBar verdict={verdict} hops={hops} onSelect={onSelect} />
      <div className="shrink-0 border-b border-line bg-canvas">
        <PathDrawing
          path={path}
          hops={hops}
          rates={rates}
          sequence={sequence}
          selectedHopId={selected?.id ?? null}
          verdictHopId={verdict.hopId}
          onSelect={onSelect}
          folded={folded}
          onFold={onFold}
        />
        <PathLegend />
      </div>
      <div className="min-h-40 flex-1 bg-panel">
        <HopTable hops={hops} rates={rates} evidence={evidence} selectedHopId={selected?.id ?? null} onSelect={onSelect} />
      </div>
      {selected && (
        <HopInspector
          path={path}
          hops={hops}
          hop={selected}
          rate={rates[selected.id]}
          evidence={evidence.find((each) => each.hopId === selected.id) ?? null}
          sentence={verdict.hopId === selected.id ? verdict.sentence : null}
          onSelect={onSelect}
          onClose={() => onSelect(null)}
        />
      )}
    </>
  )
}
