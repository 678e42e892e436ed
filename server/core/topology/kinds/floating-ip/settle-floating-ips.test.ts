import { expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import { makeOneOfEach } from '../../testing/one-of-each'
import { countedIds } from '../../testing/sample'
import { settleFloatingIps } from './settle-floating-ips'

const topology = makeOneOfEach()
const [spread] = topology.floatingIps.filter(({ rulePriority }) => rulePriority !== null)

it('nothing changes where everything is settled', () => {
  const settled = settleFloatingIps(topology, countedIds())
  expect(settled.ok && settled.value).toBe(topology)
})

it('there are 40000 priorities', () => {
  const floatingIps = (count: number) => Array.from({ length: count }, (_, index) => ({ ...spread!, id: `f${index}`, rulePriority: null }))
  const settled = settleFloatingIps({ ...topology, floatingIps: floatingIps(40_000) }, countedIds())
  expect(settled.ok && settled.value.floatingIps.at(-1)?.rulePriority).toBe(72_767)
  const refused = settleFloatingIps({ ...topology, floatingIps: floatingIps(40_001) }, countedIds())
  expect(!refused.ok && [refused.violation.rule, explainViolation(refused.violation)]).toEqual([
    'floating-ip-priorities-exhausted',
    'All 40000 priorities for floating IPs of distributed routers are given away; no further one can lead to a port.',
  ])
})
