import { describe, expect, it } from 'vitest'
import { isPath } from './is-path'
import type { Path } from './path'
import { cmp1, drawOut, FAR_AWAY, floated, floatingId, inExternal, plain, routedTopology } from './testing/routed-cloud'
import { asMeasured, isRouted, measuredHops, travelOf } from './travel'

const topology = routedTopology({ isDistributed: true })
function draw(from: string, to: string): Path {
  const path = drawOut(topology, from, to)
  if (!isPath(path)) throw new Error(path.code)
  return path
}
const ids = (hops: Path['forth']['hops']) => hops.map(({ id }) => id)

describe('a path that comes from outside', () => {
  const path = draw(FAR_AWAY, floatingId)
  const measured = asMeasured(path)

  it('is measured by the ping of its other end: what is asked goes by the way back, what is answered by the way that is asked about', () => {
    expect([measured.source.id, measured.destination.id]).toEqual([floatingId, FAR_AWAY])
    expect(ids(travelOf(measured, 'echo-request'))).toEqual(ids(path.back.hops))
    expect(ids(travelOf(measured, 'echo-reply'))).toEqual(ids(path.forth.hops))
  })

  it('has evidence at every place, each by its id on the drawing', () => {
    expect(new Set(ids(measuredHops(measured)))).toEqual(new Set([...ids(path.forth.hops), ...ids(path.back.hops)]))
  })

  it('of all others is measured as it is', () => {
    for (const each of [draw(floated, FAR_AWAY), draw(inExternal, floatingId)]) expect(asMeasured(each)).toBe(each)
  })
})

it.each<[string, string, string, boolean]>([
  ['within a network', floated, plain, false],
  ['out of the cloud', inExternal, FAR_AWAY, true],
  ['by a floating IP in its own network', plain, floatingId, true],
  ['from a floating IP to its neighbour', floatingId, plain, false],
])('what goes %s is routed, or not', (_, from, to, expected) => {
  const path = drawOut(routedTopology({ isDistributed: false }), from, to)
  expect(isPath(path) && isRouted(path)).toBe(expected)
  // As source, a floating IP is its port.
  if (isPath(path) && !expected) expect([path.source.hostId, path.source.floatingIp]).toEqual([cmp1, undefined])
})
