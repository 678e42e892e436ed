import { expect, it } from 'vitest'
import { concernedByTick } from './concerned-by-tick'

it('an edit concerns what shows the kinds that it touched', () => {
  expect(concernedByTick({ reasons: ['design'], touched: { port: ['p'] } })).not.toContain('vms')
  expect(concernedByTick({ reasons: ['design'], touched: 'everything' })).toContain('vms')
})

it.each([
  ['run', 'runs.list'],
  ['observation', 'hosts'],
  ['verification', 'verifications'],
  ['operation', 'operations'],
] as const)('news of a %s concerns %s', (reason, name) => expect(concernedByTick({ reasons: [reason], touched: {} })).toContain(name))

it('the phases of a run concern no drawing, and not the run itself, which has its journal', () => {
  const names = concernedByTick({ reasons: ['run'], touched: {} })
  for (const name of ['topology', 'changes', 'runs', 'runs.get']) expect(names).not.toContain(name)
})

it('a revision concerns what is counted from it, and no list of the design', () => {
  const names = concernedByTick({ reasons: ['revision'], touched: {} })
  expect(names).toEqual(expect.arrayContaining(['topology', 'changes', 'overview', 'revisions']))
  for (const name of ['ports', 'networks', 'trunks', 'hosts']) expect(names).not.toContain(name)
})

it('what is told together is concerned together, each once', () => {
  const names = concernedByTick({ reasons: ['run', 'observation', 'design'], touched: { project: ['p'] } })
  expect(names).toEqual(expect.arrayContaining(['runs.list', 'hosts', 'projects']))
  expect(names.filter((name) => name === 'overview')).toHaveLength(1)
})

it('a connection that opens concerns nothing by itself', () =>
  expect(concernedByTick({ reasons: ['opened'], touched: 'everything' })).toEqual([]))
