import { expect, it } from 'vitest'

import { indexInside } from './inside-items'
import { insideSpecimen } from './specimen'
import { standingOf } from './standing'

const index = indexInside(insideSpecimen)

it.each([
  ['link:/qvb9f9c98cb-13', { kind: 'ours', note: null }],
  ['link:/tap9f9c98cb-13', { kind: 'ours', note: 'made by libvirt for web-1' }],
  ['port:br-int/br-int', { kind: 'ours', note: 'comes with br-int' }],
  ['link:/ens37', { kind: 'host', note: 'comes with the host' }],
  ['netns:', { kind: 'host', note: 'the host itself' }],
  ['link:/virbr0', { kind: 'foreign', note: null }],
])('%s', (id, standing) => {
  expect(standingOf(index, index.get(id)!)).toEqual(standing)
})
