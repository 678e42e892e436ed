import { describe, expect, it } from 'vitest'

import type { Place, Places } from './elk-graph'
import { deriveGraph } from './graph'
import { appliedCloud, cloudChanges, designedCloud } from './specimens'
import { isInView, stopAfter, stopsOf } from './stops'

const graph = deriveGraph(designedCloud, cloudChanges, appliedCloud)
const place = (x: number, y: number): Place => ({ x, y, width: 10, height: 10 })
const places: Places = {
  cmp1: place(0, 0),
  'web-1': place(1, 2),
  cmp2: place(0, 100),
  'old-db': place(1, 2),
  'web-2': place(1, 20),
  blue: place(200, 0),
  red: place(200, 100),
}
const stops = stopsOf(graph, places)
const subnets = graph.networks.flatMap((network) => [network.id, ...network.subnets.map(({ id }) => id)])

describe('where arrow keys go', () => {
  it('each host with what runs on it, then each network with its subnets; what has no place is left out', () => {
    expect(stops.map(({ id }) => id)).toEqual(['cmp1', 'web-1', 'cmp2', 'old-db', 'web-2', ...subnets])
  })

  it('what runs on a host stands where its host is, a subnet where its network is', () => {
    const placeOf = (id: string) => stops.find((stop) => stop.id === id)?.place
    expect([placeOf('web-1'), placeOf('web-2'), placeOf(subnets[1]!)]).toEqual([place(1, 2), place(1, 120), place(200, 0)])
  })

  it.each([
    ['ArrowDown', 'cmp1', 'web-1'],
    ['ArrowRight', 'web-1', 'cmp2'],
    ['ArrowUp', 'cmp2', 'web-1'],
    ['ArrowLeft', 'web-1', 'cmp1'],
    ['Home', 'cmp2', 'cmp1'],
    ['End', 'cmp1', subnets.at(-1)],
    ['ArrowDown', null, 'cmp1'],
    ['ArrowUp', 'what is gone', 'cmp1'],
    ['ArrowUp', 'cmp1', undefined],
    ['ArrowDown', subnets.at(-1)!, undefined],
    ['Enter', 'cmp1', undefined],
  ])('%s from %s to %s', (key, from, to) => expect(stopAfter(stops, from, key)?.id).toBe(to))

  it('nowhere in an empty drawing', () => {
    for (const key of ['Home', 'End', 'ArrowDown']) expect(stopAfter([], null, key)).toBeNull()
  })
})

it.each([
  [{ x: 0, y: 0, zoom: 1 }, true],
  [{ x: 89, y: 89, zoom: 1 }, true],
  [{ x: 91, y: 0, zoom: 1 }, false],
  [{ x: 0, y: -2, zoom: 1 }, false],
  [{ x: 0, y: 0, zoom: 11 }, false],
])('seen through %j: %s', (view, expected) => expect(isInView(place(0, 0), view, { width: 100, height: 100 })).toBe(expected))
