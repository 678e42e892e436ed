import { expect, it } from 'vitest'
import { flowKey } from '@/server/core/host/flow'
import type { Path, PathHop } from '@/server/core/path/path'
import { flow } from '@/server/core/path/testing/cloud'
import { CounterPair, type CountersByHost } from './counter-pair'
import { measureHop } from './measure-hops'

const SENT = 5
const flows = {
  every: flow('br-int', 'priority=0,actions=NORMAL'),
  forth: flow('br-int', 'priority=1,in_port=1,actions=2'),
  back: flow('br-int', 'priority=1,in_port=2,actions=1'),
}
type Name = keyof typeof flows

const hop = (id: string, ...keys: readonly Name[]): PathHop => at('br-int', id, ...keys)
const at = (device: string, id: string, ...keys: readonly Name[]): PathHop =>
  ({
    id,
    place: { hostId: 'h', device },
    proof: { method: 'flow-counter', bridge: 'br-int', flowKeys: keys.map((name) => flowKey(flows[name])) },
  }) as unknown as PathHop

const counted = (packets: Readonly<Partial<Record<Name, number>>>): CountersByHost => {
  const lines = Object.entries(packets).map(([name, count]) => ({ ...flows[name as Name], packets: count, durationS: 9 }))
  return new Map([
    ['h', { reading: { flows: new Map(lines.map((each) => [flowKey(each), each])), silent: new Map(), filters: [] } }],
  ]) as unknown as CountersByHost
}

/** [forth, back] of the first hop, as often as each flow counted. */
function measured(forth: readonly PathHop[], back: readonly PathHop[], packets: Readonly<Partial<Record<Name, number>>>): unknown {
  const path = { forth: { hops: forth }, back: { hops: back } } as unknown as Path
  const counters = new CounterPair(counted({ every: 0, forth: 0, back: 0 }), counted({ every: 0, forth: 0, back: 0, ...packets }))
  const measure = measureHop(path, forth[0]!, {
    captures: new Map(),
    counters,
    hostProblems: new Map(),
    transmitted: SENT,
    ttls: { request: null, reply: null },
  })
  return measure.method === 'flow-counter' && [measure.forth, measure.back]
}

it.each([
  ['a flow of each way', [hop('a', 'forth')], [hop('a', 'back')], { forth: SENT, back: SENT }, [SENT, SENT]],
  ['one flow for both ways, and every reply', [hop('a', 'every')], [hop('a', 'every')], { every: 2 * SENT }, [2 * SENT, SENT]],
  ['one flow for both ways, and no reply', [hop('a', 'every')], [hop('a', 'every')], { every: SENT }, [SENT, 0]],
  [
    'one flow for both ways, and an ARP request beside half of the requests',
    [hop('a', 'every')],
    [hop('a', 'every')],
    { every: 3 },
    [3, 0],
  ],
  [
    'a bridge that requests cross twice by one flow',
    [hop('a', 'every'), hop('b', 'every')],
    [hop('b', 'every'), hop('a', 'every')],
    { every: 3 * SENT },
    [3 * SENT, SENT],
  ],
  [
    'a bridge and the patch port behind it, both proven by one flow',
    [hop('a', 'every'), at('patch-tun', 'b', 'every')],
    [at('patch-tun', 'b', 'every'), hop('a', 'every')],
    { every: 2 * SENT },
    [2 * SENT, SENT],
  ],
  ['a patch port alone', [at('patch-tun', 'a', 'every')], [at('patch-tun', 'a', 'every')], { every: SENT + 3 }, [SENT + 3, 3]],
  ['alternatives of which one counts both ways', [hop('a', 'every')], [hop('a', 'back', 'every')], { every: SENT, back: 3 }, [SENT, 3]],
] as const)('replies are what a flow counted besides the requests: %s', (_, forth, back, packets, expected) => {
  expect(measured(forth, back, packets)).toEqual(expected)
})
