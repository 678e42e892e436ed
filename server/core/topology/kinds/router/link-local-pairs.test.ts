import { expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import { makeOneOfEach } from '../../testing/one-of-each'
import { assignLinkLocalPairs } from './link-local-pairs'
import type { Router } from './router'

const topology = makeOneOfEach()
const [router] = topology.routers.filter(({ isDistributed, gateway }) => isDistributed && gateway !== null)
const { linkLocalPair: _, ...without } = router!
const withPair = (id: string, linkLocalPair?: number): Router => ({ ...without, id, ...(linkLocalPair !== undefined && { linkLocalPair }) })

it('the lowest free pair is taken, and none is given twice or changed', () => {
  const routers = [
    withPair('a', 1),
    withPair('b'),
    withPair('c'),
    { ...withPair('d'), gateway: null },
    { ...withPair('e'), isDistributed: false },
  ]
  const assigned = assignLinkLocalPairs({ ...topology, routers })
  expect(assigned.ok && assigned.value.routers.map(({ linkLocalPair }) => linkLocalPair)).toEqual([1, 0, 2, undefined, undefined])
})

it('nothing changes where every router has what it needs', () => {
  const assigned = assignLinkLocalPairs(topology)
  expect(assigned.ok && assigned.value).toBe(topology)
})

it('there are 8192', () => {
  const routers = Array.from({ length: 8192 }, (_each, index) => withPair(`r${index}`, index))
  const assigned = assignLinkLocalPairs({ ...topology, routers: [...routers, withPair('more')] })
  expect(!assigned.ok && [assigned.violation.rule, explainViolation(assigned.violation)]).toEqual([
    'router-link-local-exhausted',
    'There are 8192 distributed routers that lead out already, and no link-local addresses for another.',
  ])
})
