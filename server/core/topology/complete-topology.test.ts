import { expect, it } from 'vitest'
import { makeSample } from './testing/sample'
import { completeTopology } from './topology'

it('a revision from before there were trunks is read as one without any', () => {
  const { topology } = makeSample().draft
  const { trunks: _trunks, ...older } = topology
  expect(completeTopology(older)).toEqual(topology)
})
