import { expect, it } from 'vitest'
import { vxlanPath } from '@/server/core/explain/specimens/paths'
import { inBrowserTime } from './browser-time'
import { firstReading, foldReading } from './live-rates'
import { paceOf } from './pace'

const readAt = Date.parse(vxlanPath.hosts[0]!.observedAt!)
const answer = (sentAfterMs = 300) => ({ ...vxlanPath, sentAt: new Date(readAt + sentAfterMs).toISOString() })
const live = { isPaused: false, isLive: true, hasFailed: false }

it.each([
  ['agree', 0],
  ['differ by an hour ahead', 3_600_000],
  ['differ by a minute behind', -60_000],
])('a reading is live for as long when the clocks %s', (_, skewMs) => {
  const arrivedAt = readAt + 300 + skewMs
  const { path, aheadMs } = inBrowserTime(answer(), arrivedAt, null)
  expect(aheadMs).toBe(skewMs)
  expect(paceOf({ ...live, hosts: path.hosts, now: arrivedAt + 9_000 }).status).toBe('ok')
  expect(paceOf({ ...live, hosts: path.hosts, now: arrivedAt + 11_000 }).status).toBe('warn')
})

it('an answer that was long on its way does not seem fresh', () => {
  const { aheadMs } = inBrowserTime(answer(), readAt + 310, null)
  const late = inBrowserTime(answer(2_000), readAt + 9_000, aheadMs)
  expect(late.aheadMs).toBe(10)
  expect(late.path.hosts[0]!.observedAt).toBe(new Date(readAt + 10).toISOString())
})

it('a host that was not read again has no new rate', () => {
  const first = inBrowserTime(answer(), readAt + 900, null)
  const second = inBrowserTime(answer(2_300), readAt + 2_310, first.aheadMs)
  expect(foldReading(firstReading(first.path), second.path).rates.forth).toEqual({})
})

it('keeps what was never read as it is', () => {
  const unread = { ...answer(), hosts: vxlanPath.hosts.map((host) => ({ ...host, observedAt: null })) }
  expect(inBrowserTime(unread, readAt, null).path.hosts.map(({ observedAt }) => observedAt)).toEqual([null, null])
})
