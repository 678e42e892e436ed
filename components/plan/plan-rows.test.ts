import { describe, expect, it } from 'vitest'

import { emptyPlan, samplePlan } from '@/server/core/explain/specimens/plans'

import { countChanges, planRows, type PlanRow } from './plan-rows'

const outline = (rows: readonly PlanRow[]) => rows.filter((row) => row.type !== 'change').map((row) => `${row.label} ${row.count}`)

describe('planRows', () => {
  it('lists the design, then every host by kind, in the order a host is built', () => {
    expect(outline(planRows(samplePlan, ''))).toEqual([
      'Design 9',
      'cmp1 20',
      'Links 3',
      'Kernel settings 3',
      'Open vSwitch ports 2',
      'OpenFlow flows 11',
      'Virtual machines 1',
      'cmp2 31',
      'Links 6',
      'Kernel settings 3',
      'Open vSwitch ports 2',
      'OpenFlow flows 18',
      'Virtual machines 2',
    ])
  })

  it('gives every row its own id', () => {
    const ids = planRows(samplePlan, '').map((row) => `${row.type}/${row.id}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each<[string, number, readonly string[]]>([
    ['qvo9f9c', 8, ['cmp1 8', 'Links 1', 'Open vSwitch ports 1', 'OpenFlow flows 6']],
    ['cmp2 sysctl', 3, ['cmp2 3', 'Kernel settings 3']],
    ['cmp2 tun_id', 2, ['cmp2 2', 'OpenFlow flows 2']],
    ['10.0.9.254', 1, ['Design 1']],
    ['nowhere', 0, []],
  ])('filters by %j', (filter, count, headings) => {
    const rows = planRows(samplePlan, filter)
    expect(countChanges(rows)).toBe(count)
    expect(outline(rows)).toEqual(headings)
  })

  it('has no row when nothing changes', () => {
    expect(planRows(emptyPlan, '')).toEqual([])
  })
})
