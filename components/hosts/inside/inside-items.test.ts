import { expect, it } from 'vitest'

import { indexInside, itemName, relatedItems, wireOf } from './inside-items'
import { insideSpecimen } from './specimen'

const index = indexInside(insideSpecimen)
const names = (ids: Iterable<string>) => [...ids].map((id) => itemName(index.get(id)!)).sort()

it('follows the wire from the plug to the bridge port, and stops at bridges', () => {
  expect(names(wireOf(index, 'link:/qvb9f9c98cb-13'))).toEqual(['qvb9f9c98cb-13', 'qvo9f9c98cb-13', 'qvo9f9c98cb-13'])
})

it('follows a patch', () => {
  expect(names(wireOf(index, 'port:br-int/patch-tun'))).toEqual(['patch-int', 'patch-tun'])
})

it('lights all taps of a VM', () => {
  expect(names(wireOf(index, 'vm:1c0de000-2d11-4c1e-8a5e-000000000003'))).toEqual(['tap9f9c98cb-13', 'web-1'])
})

it('lights nothing for nothing, and for what is gone', () => {
  expect(wireOf(index, null)).toEqual(new Set())
  expect(wireOf(index, 'link:/gone')).toEqual(new Set())
})

it('relates a device to its peer and to what it is plugged into', () => {
  expect(relatedItems(index, 'link:/qvb9f9c98cb-13').map((item) => item.id)).toEqual(['link:/qvo9f9c98cb-13', 'link:/qbr9f9c98cb-13'])
  expect(relatedItems(index, 'port:br-int/qvo9f9c98cb-13').map((item) => item.id)).toEqual(['link:/qvo9f9c98cb-13', 'bridge:br-int'])
})
