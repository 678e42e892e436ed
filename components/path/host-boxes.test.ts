import { describe, expect, it } from 'vitest'

import { vxlanPath } from '@/server/core/explain/specimens/paths'
import type { NestedHost } from '@/server/core/path/path'

import { HOST_PADDING, hostBoxes } from './host-boxes'
import type { PlacedHop } from './placed'

const [sample] = vxlanPath.forth.hops
const HEIGHT = 100
/** A hop of 10 pixels on each of these hosts, one pixel apart; null is the wire. */
const placed = (...hostIds: readonly (string | null)[]): PlacedHop[] =>
  hostIds.map((hostId, index) => ({
    hop: { ...sample!, id: `hop-${index}`, place: { ...sample!.place, hostId }, hostName: hostId },
    index,
    side: 'source',
    left: 100 + 11 * index,
    width: 10,
    x: 105 + 11 * index,
  }))
const nested = (hostId: string, outerHostId: string): NestedHost => ({
  hostId,
  hostName: hostId,
  vmId: `vm-${hostId}`,
  vmName: `web-${hostId}`,
  outerHostId,
})
const outline = (hops: readonly PlacedHop[], inner: readonly NestedHost[] = []) =>
  hostBoxes(hops, inner, HEIGHT).map(({ label, x, y, width, height, foldsHostId }) => [label, x, x + width, y, height, foldsHostId])

describe('boxes of hosts', () => {
  it('are none around the wire, and none where nothing is', () => {
    expect(outline(placed(null))).toEqual([])
    expect(outline([])).toEqual([])
  })

  it('hold neighbours of one host together, with room at both edges', () => {
    expect(outline(placed('a', 'a', null, 'b'))).toEqual([
      ['a', 100 - HOST_PADDING, 121 + HOST_PADDING, 0, HEIGHT, null],
      ['b', 133 - HOST_PADDING, 143 + HOST_PADDING, 0, HEIGHT, null],
    ])
  })

  it('are two where a path comes back to a host', () => {
    expect(outline(placed('a', 'b', 'a')).map(([label]) => label)).toEqual(['a', 'b', 'a'])
    expect(new Set(hostBoxes(placed('a', 'b', 'a'), [], HEIGHT).map(({ id }) => id)).size).toBe(3)
  })

  it('stand inside each other where a host is a VM, the outer one wider and higher, and first', () => {
    expect(outline(placed('in', 'a', null), [nested('in', 'a')])).toEqual([
      ['a', 100 - 2 * HOST_PADDING, 121 + HOST_PADDING, 0, HEIGHT, null],
      ['web-in = in', 100 - HOST_PADDING, 110 + HOST_PADDING, 4, HEIGHT - 8, 'in'],
    ])
  })

  it('go as deep as hosts do', () => {
    const boxes = hostBoxes(placed('deep', 'in', 'a'), [nested('deep', 'in'), nested('in', 'a')], HEIGHT)
    expect(boxes.map(({ hostId, y, x }) => [hostId, y, x])).toEqual([
      ['a', 0, 100 - 3 * HOST_PADDING],
      ['in', 4, 100 - 2 * HOST_PADDING],
      ['deep', 8, 100 - HOST_PADDING],
    ])
  })

  it('have their label over hops of their own, beside the box of a VM', () => {
    const [outer, inner] = hostBoxes(placed('in', 'a'), [nested('in', 'a')], HEIGHT)
    expect([outer!.labelX, inner!.labelX]).toEqual([111 - HOST_PADDING, 100 - HOST_PADDING])
  })

  it('have it at their edge where all hops are inside of a VM', () => {
    const [outer] = hostBoxes(placed('in'), [nested('in', 'a')], HEIGHT)
    expect(outer!.labelX).toBe(outer!.x)
  })
})
