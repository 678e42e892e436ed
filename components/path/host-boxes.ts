// Boxes of hosts around their hops; a host that is a VM is a box inside the one it runs on. Pure geometry.

import type { NestedHost } from '@/server/core/path/path'

import { hostChain } from './fold-nested'
import type { PlacedBox, PlacedHop } from './placed'

export const HOST_PADDING = 9
/** How far an inner box keeps from the upper and lower edge of the outer one. */
const DEPTH_INSET = 4

export function hostBoxes(placed: readonly PlacedHop[], nested: readonly NestedHost[], height: number): readonly PlacedBox[] {
  const chains = placed.map(({ hop }) => hostChain(hop.place.hostId, nested))
  const deepest = Math.max(0, ...chains.map((chain) => chain.length))
  return Array.from({ length: deepest }, (_, depth) => boxesAt(placed, nested, chains, depth, height)).flat()
}

function boxesAt(
  placed: readonly PlacedHop[],
  nested: readonly NestedHost[],
  chains: readonly (readonly string[])[],
  depth: number,
  height: number,
): PlacedBox[] {
  const boxes: PlacedBox[] = []
  let first = 0
  for (let index = 1; index <= placed.length; index += 1) {
    const hostId = chains[first]![depth]
    if (index < placed.length && chains[index]![depth] === hostId) continue
    if (hostId !== undefined) boxes.push(boxOf(placed.slice(first, index), chains.slice(first, index), hostId, nested, depth, height))
    first = index
  }
  return boxes
}

function boxOf(
  run: readonly PlacedHop[],
  chains: readonly (readonly string[])[],
  hostId: string,
  nested: readonly NestedHost[],
  depth: number,
  height: number,
): PlacedBox {
  const [left, right] = [run[0]!, run.at(-1)!]
  /** Boxes that end at the same edge, itself included. */
  const boxesAtEdge = (index: number) => chains[index]!.length - depth
  const own = run.find(({ hop }) => hop.place.hostId === hostId) ?? left
  const vm = nested.find((each) => each.hostId === hostId)
  const x = left.left - HOST_PADDING * boxesAtEdge(0)
  return {
    id: `host/${hostId}/${left.index}`,
    kind: 'host',
    label: vm ? `${vm.vmName} = ${vm.hostName}` : (own.hop.hostName ?? ''),
    hostId,
    foldsHostId: vm ? hostId : null,
    // Its label stands over its own hops, beside the box of a VM.
    labelX: own === left ? x : own.left - HOST_PADDING,
    x,
    y: depth * DEPTH_INSET,
    width: right.left + right.width + HOST_PADDING * boxesAtEdge(run.length - 1) - x,
    height: height - 2 * depth * DEPTH_INSET,
  }
}
