import { describe, expect, it } from 'vitest'
import { flowKey, type Flow } from '../host/flow'
import { dropGrowths, flowGrowth, growthOfHop } from './counter-delta'
import { flow } from './testing/cloud'

const counted = (text: string, packets: number, durationS: number, bridge = 'br-int'): Flow => ({
  ...flow(bridge, text),
  packets,
  durationS,
})
const any = 'priority=1,actions=NORMAL'
const { packets: _, ...uncounted } = counted(any, 4, 10)
const index = (...flows: Flow[]) => new Map(flows.map((each) => [flowKey(each), each]))
const key = 'br-int/0/1/'

describe('flowGrowth', () => {
  it.each([
    ['it counted', index(counted(any, 4, 10)), index(counted(any, 9, 12)), { packets: 5, wasReset: false }],
    ['it is new', index(), index(counted(any, 3, 1)), { packets: 3, wasReset: false }],
    ['it was never there', index(), index(), { packets: 0, wasReset: false }],
    ['it is gone', index(counted(any, 4, 10)), index(), { packets: null, wasReset: true }],
    ['it was written again', index(counted(any, 4, 10)), index(counted(any, 6, 2)), { packets: 6, wasReset: true }],
    ['it counts less than before', index(counted(any, 9, 10)), index(counted(any, 2, 12)), { packets: 2, wasReset: true }],
    ['the switch does not tell its count', index(counted(any, 4, 10)), index(uncounted), { packets: null, wasReset: false }],
    ['the switch did not tell its count before', index(uncounted), index(counted(any, 4, 10)), { packets: null, wasReset: false }],
  ])('%s', (_, before, after, expected) => expect(flowGrowth(before, after, key)).toEqual(expected))
})

describe('growthOfHop', () => {
  const growths: Record<string, number> = { 'br-tun/22/1/dl_vlan=3': 1, 'br-tun/20/1/x': 4, 'br-int/25/2/y': 9 }
  const growthOf = (each: string) => ({ packets: growths[each] ?? 0, wasReset: false })

  it.each([
    ['alternatives of one bridge add up', ['br-tun/22/1/dl_vlan=3', 'br-tun/20/1/x'], 5],
    ['both sides of a patch must count', ['br-int/25/2/y', 'br-tun/20/1/x'], 4],
    ['one side that is silent', ['br-int/25/2/y', 'br-tun/9/9/z'], 0],
    ['no flow forwards', [], 0],
  ])('%s', (_, keys, packets) => expect(growthOfHop(keys, growthOf).packets).toBe(packets))
})

it('finds what dropped, and only that', () => {
  const [drop, pass] = ['table=24,priority=0,actions=drop', any]
  const found = dropGrowths('h', index(counted(drop, 1, 5), counted(pass, 0, 5)), index(counted(drop, 4, 9), counted(pass, 7, 9)))
  expect(found.map(({ flow: { table }, packets }) => [table, packets])).toEqual([[24, 3]])
})
