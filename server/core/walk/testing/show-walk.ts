// A walk as lines that people compare: one hop a line, indented where it branches, with what decides in brackets.

import type { Frame } from '../frame'
import type { Cause, WalkEnd, WalkHop } from '../walk-result'

export function showWalk(hop: WalkHop, indent = ''): string[] {
  const { hostId, netns, kind, device } = hop.place
  const where = `${hostId ?? 'between'}${netns && kind !== 'stack' ? `/${netns}` : ''}`
  const line = `${indent}${where} ${kind} ${device}`.trimEnd() + showEnd(hop.end)
  const deeper = hop.branches.length > 1 ? `${indent}  ` : indent
  return [line, ...hop.branches.flatMap(({ next }) => showWalk(next, deeper))]
}

function showEnd(end: WalkEnd | null): string {
  if (!end) return ''
  return end.kind === 'delivered' ? ` delivered ${end.to}` : ` ${end.kind} ${end.code}`
}

export function* allHops(hop: WalkHop): Generator<WalkHop> {
  yield hop
  for (const { next } of hop.branches) yield* allHops(next)
}

export const endsOf = (root: WalkHop): WalkEnd[] => [...allHops(root)].flatMap(({ end }) => end ?? [])

export const rulesIn = ({ causes }: WalkHop): string[] => causes.flatMap((cause: Cause) => (cause.kind === 'iptables' ? [cause.text] : []))

export const ipOf = ({ payload }: Frame) => (payload.kind === 'ipv4' ? payload : null)

/** The first hop at a place. */
export const findHop = (root: WalkHop, kind: WalkHop['place']['kind'], device: string): WalkHop | undefined =>
  [...allHops(root)].find(({ place }) => place.kind === kind && place.device === device)
