import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainedPieces } from '../../testing/explained'
import type { Flow } from '../../host/flow'
import type { Parsed } from '../parse-result'
import { canonicalFlow } from './canonical-flow'
import { dumpFlowSteps, parseDumpFlows, type DumpOptions } from './dump-flows'
import { keepBridges, newFlowMemo } from './flow-memo'
import { randomFlow } from './testing/random-flow'

const finish = (steps: Generator<void, Parsed<readonly Flow[]>>) => {
  let pauses = 0
  for (;;) {
    const step = steps.next()
    if (step.done) return { ...step.value, pauses }
    pauses += 1
  }
}
const read = (text: string, options: DumpOptions) => {
  const { value, unparsed } = finish(dumpFlowSteps(text, 'br-int', options))
  return { value, unparsed }
}
const line = (flow: string, { packets = 1, table = 0, cookie = '0x0' } = {}) =>
  ` cookie=${cookie}, duration=4.25s, table=${table}, n_packets=${packets}, n_bytes=${packets * 98}, ${flow}\n`
const corpus = ['br-int', 'br-ens38', 'br-tun'].flatMap((bridge) =>
  ['of10', 'of13', 'of14', 'of14-numbers', 'of15'].map((version) =>
    readFileSync(new URL(`../fixtures/ovs-3.1/${bridge}.${version}.txt`, import.meta.url), 'utf8'),
  ),
)

/** Each line by itself with care, as every error is found. */
function carefully(text: string) {
  const lines = text.split('\n').filter((each) => each.includes('actions='))
  return lines.flatMap((each) => {
    const flow = canonicalFlow(each, 'br-int')
    return flow.ok ? [flow.value] : []
  })
}

describe('the quick way', () => {
  it.each(corpus.map((text, index) => [index, text] as const))('reads recording %i as the careful one', (_, text) => {
    expect(parseDumpFlows(text, 'br-int').value).toEqual(carefully(text))
  })

  it('reads every line as the careful one', () => {
    const dumped = randomFlow.map((flow) =>
      line(flow.replace(/,cookie=0x[0-9a-f]+/, '').replace(/,(?:hard|idle)_timeout=\d+|,send_flow_rem/, '')),
    )
    fc.assert(
      fc.property(dumped, (text) => {
        expect(parseDumpFlows(text, 'br-int').value).toEqual(carefully(text))
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['a key that is given twice', 'priority=1,table=3 actions=drop', '"table" is given twice'],
    ['a term that is given twice', 'priority=1,arp,arp actions=drop', '"arp" is given twice'],
    ['a key that nobody knows', 'priority=1,colour=red actions=drop', 'Unknown key "colour"'],
    ['an action that nobody knows', 'priority=1,arp actions=fly', 'Unknown action "fly"'],
    ['a priority that is none', 'priority=high actions=drop', '"high" is not a number'],
  ])('leaves errors to it: %s', (_, flow, reason) => {
    expect(explainedPieces(parseDumpFlows(line(flow), 'br-int').unparsed)).toEqual([
      { section: 'flows br-int', text: line(flow).trimEnd(), reason },
    ])
  })
})

describe('what the last reading left', () => {
  const flows = [
    'priority=9,in_port=4,arp actions=output:5',
    'priority=9,in_port=5 actions=drop',
    'hard_timeout=300, priority=1,dl_vlan=3 actions=output:4',
  ]
  const dump = (packets: number, list = flows) => list.map((flow) => line(flow, { packets })).join('')

  it.each(corpus.map((text, index) => [index, text] as const))('changes nothing: recording %i', (_, text) => {
    const memo = newFlowMemo()
    expect(read(text, { memo })).toEqual(parseDumpFlows(text, 'br-int'))
    expect(read(text, { memo })).toEqual(parseDumpFlows(text, 'br-int'))
  })

  it('counters are of the reading, also where the flow is of the last', () => {
    const memo = newFlowMemo()
    read(dump(1), { memo })
    const [first, ...rest] = flows
    const next = [`${first!.replace('output:5', 'output:6')}`, ...rest]
    expect(read(dump(7, next), { memo })).toEqual(parseDumpFlows(dump(7, next), 'br-int'))
    expect(read(dump(7, next), { memo }).value.map(({ packets, bytes }) => [packets, bytes])).toEqual([
      [7, 686],
      [7, 686],
      [7, 686],
    ])
  })

  it('lines that come, go and change places are found where they are', () => {
    const memo = newFlowMemo()
    const all = Array.from({ length: 40 }, (_, port) => `priority=9,in_port=${port + 1} actions=output:${port + 2}`)
    fc.assert(
      fc.property(fc.shuffledSubarray(all), fc.nat(1000), fc.nat(3), (list, packets, table) => {
        const text = list.map((flow, index) => line(flow, { packets, table: index % 5 === 0 ? table : 0 })).join('')
        expect(read(text, { memo })).toEqual(parseDumpFlows(text, 'br-int'))
      }),
    )
  })

  it('a counter that cannot be held is absent, and another time there again', () => {
    const memo = newFlowMemo()
    const text = (packets: string) => dump(1).replaceAll('n_packets=1,', `n_packets=${packets},`)
    for (const packets of ['3', '18446744073709551615', '4'])
      expect(read(text(packets), { memo })).toEqual(parseDumpFlows(text(packets), 'br-int'))
  })

  it.each([
    ['a cookie', line(flows[0]!, { cookie: '0x7461' })],
    ['a table', line(flows[0]!, { table: 60 })],
  ])('%s is part of a flow', (_, changed) => {
    const memo = newFlowMemo()
    read(dump(1), { memo })
    expect(read(changed, { memo })).toEqual(parseDumpFlows(changed, 'br-int'))
  })

  it('is forgotten where port numbers have other names', () => {
    const memo = newFlowMemo()
    const before = new Map([[4, 'tapold']])
    const after = new Map([[4, 'tapnew']])
    read(dump(1), { memo, ports: before })
    expect(read(dump(1), { memo, ports: after })).toEqual(parseDumpFlows(dump(1), 'br-int', after))
  })

  it('holds no more than that reading held, of bridges that are there', () => {
    const memo = newFlowMemo()
    const held = () => [...memo.values()].map(({ flows: lines, text }) => [lines.length, text])
    read(dump(1), { memo })
    read(dump(1, [flows[1]!]), { memo })
    expect(held()).toEqual([[1, dump(1, [flows[1]!])]])
    keepBridges(memo, new Set(['br-ex']))
    expect(held()).toEqual([])
  })
})

it('a long dump pauses, a short one does not', () => {
  const text = Array.from({ length: 1000 }, (_, port) => line(`priority=9,in_port=${port + 1} actions=drop`)).join('')
  expect(finish(dumpFlowSteps(text, 'br-int')).pauses).toBeGreaterThanOrEqual(5)
  expect(finish(dumpFlowSteps(text.slice(0, 500), 'br-int')).pauses).toBe(0)
})
