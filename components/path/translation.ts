// The strip below the line: which header the frame wears where. Colour changes exactly at a hop that changes the header,
// and that hop knows the flow that does it.

import { abbreviateEncapsulation, explainEncapsulation, explainTranslation, isSameEncapsulation } from '@/server/core/explain/encapsulation'
import type { Encapsulation } from '@/server/core/path/path'

import type { PathLayout } from './placed'

export interface StripRun {
  readonly id: string
  readonly fromX: number
  readonly toX: number
  readonly encapsulation: Encapsulation
  /** As long as fits. */
  readonly label: string
}

export interface HeaderChange {
  readonly hopId: string
  readonly device: string
  readonly x: number
  readonly flowKey: string | null
  /** "local VLAN 3 is taken off, VNI 100 is set towards …" */
  readonly sentence: string
}

export interface TranslationStrip {
  readonly runs: readonly StripRun[]
  readonly changes: readonly HeaderChange[]
}

/** Average advance of the strip's type, in pixels. */
const CHARACTER_WIDTH = 7.3
const LABEL_PADDING = 12

/** `isMirrored`: packets run from right to left. */
export function translationStrip(layout: PathLayout, isMirrored = false): TranslationStrip {
  const runs: StripRun[] = []
  const changes: HeaderChange[] = []
  for (const segment of layout.segments) {
    const run = runs[runs.length - 1]
    if (run !== undefined && isSameEncapsulation(run.encapsulation, segment.encapsulation)) {
      runs[runs.length - 1] = { ...run, toX: segment.toX }
      continue
    }
    if (run !== undefined)
      changes.push(headerChange(layout, segment.fromHopId, ordered(run.encapsulation, segment.encapsulation, isMirrored)))
    const { fromX, toX, encapsulation } = segment
    runs.push({ id: segment.id, fromX, toX, encapsulation, label: '' })
  }
  return { runs: runs.map((run) => ({ ...run, label: fittingLabel(run.encapsulation, run.toX - run.fromX) })), changes }
}

const ordered = (left: Encapsulation, right: Encapsulation, isMirrored: boolean): readonly [Encapsulation, Encapsulation] =>
  isMirrored ? [right, left] : [left, right]

function headerChange(layout: PathLayout, hopId: string, [before, behind]: readonly [Encapsulation, Encapsulation]): HeaderChange {
  const { hop, x } = layout.hops.find((placed) => placed.hop.id === hopId)!
  const sentence = explainTranslation(before, behind)
  return { hopId, device: hop.place.device, x, flowKey: hop.translationFlowKey, sentence }
}

export function fittingLabel(encapsulation: Encapsulation, width: number): string {
  const long = explainEncapsulation(encapsulation)
  const fits = (label: string) => label.length * CHARACTER_WIDTH + LABEL_PADDING <= width
  if (fits(long)) return long
  const middle = encapsulation.kind === 'local-vlan' ? `tag ${encapsulation.vlan}` : long
  return fits(middle) ? middle : abbreviateEncapsulation(encapsulation)
}
