// What is read of a watched host and when, by a manager of hosts that answer with recorded text: all of it, or the parts that they are asked for.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withoutParts } from '@/server/core/parse/fixtures/without-parts'
import type { HostPart, HostScope } from '@/server/core/parse/host-part'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { deferred } from '@/server/effects/ssh/deferred'
import type { HostSession } from '@/server/effects/ssh/host-session'
import type { SshPool } from '@/server/effects/ssh/pool'
import { createHostManager, type HostManager } from './host-manager'
import { createHostWatch, MAX_WHOLE_AGE_MS, type HostWatch } from './host-watch'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const names = (...all: readonly string[]) => `${all.join(' ')}\n@@${NONCE} 0 namespaces\n`
const NAMES = names('qdhcp-00000001', 'qdhcp-0b5e0b0e-1111-4222-8333-444444444444')
const recorded = NAMES + readFileSync(new URL('../core/parse/fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')

let temp: TempStore
let host: string
let manager: HostManager
let watch: HostWatch
let now: number
let text: string
let asked: string[][]
let answer: () => Promise<void>

beforeEach(async () => {
  temp = await openTempStore()
  const login = {
    address: '192.0.2.1',
    port: 22,
    user: 'root',
    auth: { kind: 'password', password: 'x' },
    fingerprint: `SHA256:${'A'.repeat(43)}`,
  }
  host = (await temp.store.hosts.register(hostRegistrationInput.parse({ name: 'cmp1', ...login, roles: ['compute'], isReadOnly: true }))).id
  ;[now, text, asked, answer] = [Date.UTC(2026, 0, 1), recorded, [], async () => undefined]
  const runOrThrow: HostSession['runOrThrow'] = async ({ argv }) => {
    const words = argv.slice(argv.indexOf(NONCE) + 1)
    asked.push(words)
    const stdout = words.length === 0 ? text : withoutParts(text, NONCE, new Set(words) as ReadonlySet<string> as HostScope)
    await answer()
    return { host, argv, exitCode: 0, stdout, stderr: '', durationMs: 1, isTruncated: false }
  }
  const clock = { now: () => new Date(now) }
  const pool = { forHost: () => ({ runOrThrow }), closeAll: async () => undefined } as unknown as SshPool
  manager = createHostManager({ ...temp, clock, ids: { ...systemIds, uuid: () => NONCE } }, pool)
  watch = createHostWatch({ hosts: manager, clock })
})
afterEach(() => temp.remove())

const crossing = (...parts: HostPart[]) => new Map([[host, new Set(parts)]])
const second = async () => {
  now += 1000
  await watch.read(host)
}
const age = async () => (now - Date.parse((await watch.last(host))!.observedAt)) / 1000

it('[READ-6] a host is read whole once, and after it was drawn what that rests on', async () => {
  await second()
  // That it came too late for a drawing is no reason to read it again.
  await second()
  watch.follow(crossing('guests', 'bridge/br-int'))
  text = recorded.replace('hostname compute-1', 'hostname compute-2').replaceAll('"mtu":1450', '"mtu":1442')
  await second()
  expect(asked).toEqual([[], ['root', 'bridge/br-int', 'guests']])
  const [laid, whole] = [(await watch.last(host))!, (await manager.last(host))!]
  expect([laid.facts.hostname, laid.state.namespaces, await age()]).toEqual(['compute-2', whole.state.namespaces, 0])
  // Nobody else sees it.
  expect([whole.facts.hostname, (await manager.health([host])).get(host)]).toMatchObject([
    'compute-1',
    { status: 'reachable', observedAt: whole.observedAt },
  ])
  expect(watch.follow(crossing('guests'))).toEqual([])
})

it('[READ-5] where more is rested on than was read, the host counts as last read whole until it is read whole again', async () => {
  await second()
  watch.follow(crossing('guests'))
  await second()
  expect(await age()).toBe(0)
  expect(watch.follow(crossing('guests', 'netns/qdhcp-00000001'))).toEqual([host])
  expect(await age()).toBe(1)
  await watch.readWhole(host)
  expect(await age()).toBe(0)
  watch.follow(crossing('guests', 'netns/qdhcp-00000001'))
  await second()
  expect(asked).toEqual([[], ['root', 'guests'], [], ['root', 'guests', 'netns/qdhcp-00000001']])
})

it('[READ-5] a whole reading that is too old, or is no picture of the rest any more, is no ground to lay anything over', async () => {
  await second()
  watch.follow(crossing('guests'))
  now += MAX_WHOLE_AGE_MS
  await second()
  watch.follow(crossing('guests'))
  text = recorded.replace(NAMES, names('qdhcp-00000001'))
  await second()
  expect(asked).toEqual([[], [], ['root', 'guests'], []])
  expect((await manager.last(host))!.observedAt).toBe((await watch.last(host))!.observedAt)
})

it('[READ-5] after a change each host is read whole, and what was on its way then counts for nothing', async () => {
  await second()
  watch.follow(crossing('guests'))
  const late = deferred<void>()
  answer = () => late.promise
  const part = second()
  watch.forget()
  late.resolve()
  await part
  expect([asked, await age()]).toEqual([[[], ['root', 'guests']], 1])
  await second()
  expect(asked.at(-1)).toEqual([])
})

it('a part that cannot be read leaves what was known, with its age', async () => {
  await second()
  watch.follow(crossing('guests'))
  await second()
  answer = async () => {
    throw new Error('gone')
  }
  await expect(second()).rejects.toThrow('gone')
  expect([await age(), (await manager.health([host])).get(host)]).toMatchObject([1, { status: 'unreadable', said: 'gone' }])
})

it('all who watch the same of a host share a reading', async () => {
  await second()
  watch.follow(crossing('guests'))
  const other = createHostWatch({ hosts: manager, clock: { now: () => new Date(now) } })
  await other.read(host)
  other.follow(crossing('guests'))
  asked = []
  await Promise.all([watch.read(host), other.read(host)])
  expect(asked).toEqual([['root', 'guests']])
})
