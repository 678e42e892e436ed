// Hops → a drawing: one column per hop, hosts as boxes, namespaces, bridges and guests as boxes inside, segments between
// the hops. Pure geometry in pixels; colours and words are other files' business. Every role has a fixed width, so paths of the
// same shape always look the same, whatever the devices are called.

import type { NestedHost, PathHop, Role } from '@/server/core/path/path'

import { hostChain } from './fold-nested'
import { HOST_PADDING, hostBoxes } from './host-boxes'
import { groupHops, isSameGroup, unnamedEnds, type EndLabels, type Group } from './group-hops'
import { sidesOf } from './hop-sides'
import type { PathLayout, PlacedBox, PlacedHop, PlacedSegment } from './placed'

const ROLE_WIDTH: Record<Role, number> = {
  vm: 80,
  'inner-host': 96,
  tap: 60,
  qbr: 60,
  qvb: 60,
  qvo: 60,
  'data-bridge': 60,
  'trunk-bridge': 76,
  'trunk-patch': 76,
  'br-int': 60,
  patch: 80,
  'br-tun': 70,
  'tap-vlan': 76,
  brq: 60,
  'vlan-device': 68,
  'vxlan-device': 76,
  'provider-bridge': 72,
  'underlay-bridge': 100,
  nic: 58,
  wire: 136,
  outside: 168,
  dhcp: 116,
  'router-port': 116,
  router: 116,
}

/** At which the name of any device of the role is whole: 15 characters, as many as the kernel allows, and fewer for those Neutron names. */
const NAMED_WIDTH: Partial<Record<Role, number>> = {
  tap: 103,
  'tap-vlan': 109,
  qbr: 103,
  qvb: 103,
  qvo: 103,
  'trunk-bridge': 103,
  'trunk-patch': 115,
  brq: 103,
  patch: 97,
}

/** From top to bottom; every row of every column stands at the same height, so that the eye can run along it. */
export const rows = {
  hostLabel: 7,
  netnsLabel: 32,
  boxLabel: 36,
  device: 58,
  line: 94,
  strip: 112,
  stripHeight: 22,
  macs: 136,
  addresses: 168,
  cellHeight: 30,
  detail: 203,
  marks: 236,
  counter: 254,
  boxEnd: 279,
  end: 290,
} as const
/** Of a design there is one strip: no packet is asked for. */
export const designRows = { ...rows, detail: rows.macs + 5, marks: rows.macs + 38 } as const

/** `design` has no marks and counters below the details, and whole names: it ends at br-int, so there is room. */
type PathDepth = 'truths' | 'design'

export interface LayoutOptions {
  readonly ends?: EndLabels
  readonly depth?: PathDepth
  readonly nested?: readonly NestedHost[]
  /** Another drawing whose columns this one keeps to, so that what both have stands at one place in both. */
  readonly alignedTo?: PathLayout
}

const boxEnd: Record<PathDepth, number> = { truths: rows.boxEnd, design: designRows.marks - 1 }
const END_PADDING = rows.end - rows.boxEnd

/** A namespace's own label pushes everything below it down. */
const NETNS_LABEL_HEIGHT = 18
const MARGIN = 8
const HOST_GAP = 14
const BOX_GAP = 10
const BOX_INSET = 3

export function layoutPath(
  hops: readonly PathHop[],
  { ends = unnamedEnds, depth = 'truths', nested = [], alignedTo }: LayoutOptions = {},
): PathLayout {
  const bottom = boxEnd[depth]
  const groups = groupHops(hops, ends)
  const placed = placeHops(hops, groups, nested, depth, alignedTo)
  const last = placed[placed.length - 1]
  return {
    width: last === undefined ? 0 : last.left + last.width + MARGIN + HOST_PADDING * hostChain(last.hop.place.hostId, nested).length,
    height: bottom + END_PADDING,
    hops: placed,
    boxes: [...hostBoxes(placed, nested, bottom + END_PADDING), ...netnsBoxes(placed, bottom), ...innerBoxes(placed, groups, bottom)],
    segments: placeSegments(placed),
  }
}

function placeHops(
  hops: readonly PathHop[],
  groups: readonly (Group | null)[],
  nested: readonly NestedHost[],
  depth: PathDepth,
  alignedTo?: PathLayout,
): readonly PlacedHop[] {
  const sides = sidesOf(hops)
  let edge = MARGIN
  return hops.map((hop, index) => {
    const column = alignedTo?.hops.find((placed) => placed.hop.role === hop.role)?.left ?? 0
    const left = Math.max(column, edge + gapBefore(hops, groups, nested, index))
    const width = (depth === 'design' ? NAMED_WIDTH[hop.role] : undefined) ?? ROLE_WIDTH[hop.role]
    edge = left + width
    return { hop, index, side: sides[index]!, left, width, x: left + width / 2 }
  })
}

function gapBefore(hops: readonly PathHop[], groups: readonly (Group | null)[], nested: readonly NestedHost[], index: number): number {
  const hop = hops[index]!
  const before = hops[index - 1]
  const [left, right] = [hostChain(before?.place.hostId ?? null, nested), hostChain(hop.place.hostId, nested)]
  const shared = right.filter((id, depth) => left[depth] === id).length
  const paddings = HOST_PADDING * (left.length + right.length - 2 * shared)
  if (before === undefined) return paddings
  if (before.place.hostId !== hop.place.hostId) return paddings + HOST_GAP
  return isSameGroup(groups[index - 1], groups[index]) && before.place.netns === hop.place.netns ? 0 : BOX_GAP
}

interface Run {
  readonly first: PlacedHop
  readonly last: PlacedHop
}

/** Neighbours for which `isSame` holds, as runs. */
function runsOf(placed: readonly PlacedHop[], isSame: (a: PlacedHop, b: PlacedHop) => boolean): readonly Run[] {
  const runs: Run[] = []
  for (const hop of placed) {
    const run = runs[runs.length - 1]
    if (run !== undefined && isSame(run.last, hop)) runs[runs.length - 1] = { first: run.first, last: hop }
    else runs.push({ first: hop, last: hop })
  }
  return runs
}

function netnsBoxes(placed: readonly PlacedHop[], bottom: number): readonly PlacedBox[] {
  return runsOf(placed, (a, b) => a.hop.place.hostId === b.hop.place.hostId && a.hop.place.netns === b.hop.place.netns)
    .filter((run) => run.first.hop.place.netns !== '')
    .map((run) => ({
      ...span(run, BOX_INSET),
      id: `netns/${run.first.hop.place.netns}/${run.first.index}`,
      kind: 'netns' as const,
      label: run.first.hop.place.netns,
      y: rows.netnsLabel - 2,
      height: bottom + 4 - rows.netnsLabel + 2,
    }))
}

function innerBoxes(placed: readonly PlacedHop[], groups: readonly (Group | null)[], bottom: number): readonly PlacedBox[] {
  const isSame = (a: PlacedHop, b: PlacedHop) =>
    a.hop.place.hostId === b.hop.place.hostId && a.hop.place.netns === b.hop.place.netns && isSameGroup(groups[a.index], groups[b.index])
  return runsOf(placed, isSame).flatMap((run) => {
    const group = groups[run.first.index]
    if (group == null) return []
    const top = rows.netnsLabel + (run.first.hop.place.netns === '' ? 0 : NETNS_LABEL_HEIGHT)
    const box = { id: `${group.kind}/${group.label}/${run.first.index}`, kind: group.kind, label: group.label }
    return [{ ...span(run, -BOX_INSET + 4), ...box, y: top, height: bottom - top }]
  })
}

const span = (run: Run, padding: number) => ({
  hostId: run.first.hop.place.hostId,
  foldsHostId: null,
  labelX: run.first.left - padding,
  x: run.first.left - padding,
  width: run.last.left + run.last.width - run.first.left + 2 * padding,
})

function placeSegments(placed: readonly PlacedHop[]): readonly PlacedSegment[] {
  return placed.slice(0, -1).map((from, index) => {
    const to = placed[index + 1]!
    return {
      id: `${from.hop.id}→${to.hop.id}`,
      fromHopId: from.hop.id,
      toHopId: to.hop.id,
      fromX: from.x,
      toX: to.x,
      style: from.hop.linkToNext ?? 'bridge-port',
      encapsulation: from.hop.encapsulation,
      frame: from.hop.out,
    }
  })
}
