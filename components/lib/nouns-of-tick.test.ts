import { expect, it } from 'vitest'
import { nounsOfTick } from './nouns-of-tick'

it('an edit concerns what shows the kinds that it touched', () => {
  expect(nounsOfTick({ reason: 'design', touched: { port: ['p'] } })).not.toContain('vms')
  expect(nounsOfTick({ reason: 'design', touched: 'everything' })).toContain('vms')
})

it.each([
  ['run', 'runs'],
  ['observation', 'hosts'],
  ['verification', 'verifications'],
  ['operation', 'operations'],
] as const)('news of a %s concerns %s', (reason, noun) => expect(nounsOfTick({ reason, touched: 'everything' })).toContain(noun))

it('the phases of a run concern no drawing: its revision does, which is news of the design', () => {
  const nouns = nounsOfTick({ reason: 'run', touched: 'everything' })
  expect(nouns).not.toContain('topology')
  expect(nouns).not.toContain('changes')
  expect(nounsOfTick({ reason: 'design', touched: 'everything' })).toEqual(expect.arrayContaining(['topology', 'changes', 'trunks']))
})

it('a connection that opens concerns nothing by itself', () => expect(nounsOfTick({ reason: 'opened', touched: 'everything' })).toEqual([]))
