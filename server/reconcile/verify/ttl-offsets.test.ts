// Each end of a routed path sends with a TTL of its own, and from where it is first seen on a router takes one: what is expected at a hop follows from
// what was caught at the first one.

import { expect, it } from 'vitest'
import { ethernet, frame, icmpEcho, ipv4 } from '@/server/core/packet/testing/build-frame'
import { packet } from '@/server/core/packet/testing/captures'
import { isPath } from '@/server/core/path/is-path'
import { drawOut, FAR_AWAY, floated, FLOATING, routedTopology } from '@/server/core/path/testing/routed-cloud'
import type { CapturedHop } from './capture-set'
import { CounterPair } from './counter-pair'
import { measureHop, ttlOffsets } from './measure-hops'

const path = drawOut(routedTopology({ isDistributed: true }), floated, FAR_AWAY)
if (!isPath(path)) throw new Error(path.code)
const hopAt = (device: string) => path.forth.hops.find(({ place }) => place.device.startsWith(device))!
const [tap, fg] = [hopAt('tap'), hopAt('fg-')]

const VM = 'fa:16:3e:00:03:02'
const ROUTER = 'fa:16:3e:aa:b0:03'
/** As the VM sends it, and as it leaves the namespace of the external network, with these TTLs. */
const caught = (atTap: number, atFg: number): ReadonlyMap<string, CapturedHop> => {
  const seen = (source: string, destination: string, from: string, ttl: number): CapturedHop => {
    const data = frame([
      ...ethernet(0x0800, { source, destination }),
      ...ipv4(1, icmpEcho(8, 1, 1), { source: from, destination: FAR_AWAY, ttl }),
    ])
    return { packets: [packet(data)], captureId: null, problem: null }
  }
  return new Map([
    [tap.id, seen(VM, ROUTER, '10.0.3.3', atTap)],
    [fg.id, seen('fa:16:3e:aa:b3:01', '02:aa:00:00:00:01', FLOATING, atFg)],
  ])
}

it.each<[string, number, number, number | null, number, readonly string[]]>([
  ['a guest of Linux', 64, 62, 0, 1, []],
  ['a guest that begins with 128', 128, 126, 64, 1, []],
  ['a router that takes none', 64, 64, 0, 0, ['ttl']],
  ['somebody who takes one on the way', 64, 61, 0, 0, ['ttl']],
])('%s', (_, atTap, atFg, request, matched, differing) => {
  const captures = caught(atTap, atFg)
  const ttls = ttlOffsets(path, captures)
  expect(ttls).toEqual({ request, reply: null })
  const counters = new CounterPair(new Map(), new Map())
  const measure = measureHop(path, fg, { captures, counters, hostProblems: new Map(), transmitted: 1, ttls })
  if (measure.method !== 'capture') throw new Error(measure.method)
  const { matched: count, near } = measure.captured['echo-request']
  expect([count, near.flatMap(({ mismatches }) => mismatches.map(({ field }) => field))]).toEqual([matched, differing])
})

it('is not known where nothing was caught', () => {
  expect(ttlOffsets(path, new Map())).toEqual({ request: null, reply: null })
})
