import { describe, expect, it } from 'vitest'

import { brokenPath, overtakenPath, provenPath, silentHostPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import { failedVerification, passedVerification } from '@/server/core/explain/specimens/verifications'
import { explainVerdict } from '@/server/core/explain/verdict'
import { staleHosts } from '@/server/core/path/currency'
import type { Path, PathHop } from '@/server/core/path/path'

import { judgePath } from './path-verdict'

const readAt = Date.parse(vxlanPath.hosts[0]!.observedAt!)
const { startedAt } = passedVerification
const withHop = (path: Path, index: number, change: Partial<PathHop>): Path => ({
  ...path,
  forth: { hops: path.forth.hops.map((hop, at) => (at === index ? { ...hop, ...change } : hop)) },
})
const verdictOf = (path: Path, ...rest: Partial<[typeof passedVerification, Path['hosts']]>) =>
  judgePath(path, rest[0] ?? null, rest[1] ?? []).verdict
const hostMarks = (hops: readonly PathHop[], hostId: string) =>
  new Set(hops.filter((hop) => hop.place.hostId === hostId).map(({ host }) => host))
const trafficMarks = (hops: readonly PathHop[]) => new Set(hops.map(({ traffic }) => traffic))

describe('a path that holds', () => {
  it('is proven only when the hosts and the packets agree everywhere, and says how long ago', () => {
    const proven = {
      status: 'ok',
      word: 'Proven',
      at: startedAt,
      hopId: null,
      leg: 'forth',
      sentence: 'All hops agree: the design, the hosts and the packets say the same.',
    }
    expect(verdictOf(provenPath)).toEqual(proven)
    expect(verdictOf(vxlanPath, passedVerification)).toEqual(proven)
    expect(verdictOf(vxlanPath)).toMatchObject({ status: 'unknown', word: 'Not proven', at: null, hopId: null })
  })
})

describe('the first disagreement from the left', () => {
  it('is the verdict, with when it was seen', () => {
    expect(verdictOf(vxlanPath, { ...failedVerification, firstBadHopId: null })).toEqual({
      status: 'bad',
      word: 'Broken, seen',
      at: startedAt,
      hopId: vxlanPath.forth.hops[5]!.id,
      leg: 'forth',
      sentence: 'Packets pass qvo9f9c98cb-13 on cmp1, none reach br-int on cmp1 (expected local VLAN 3).',
    })
  })

  it('is told in the words of whoever knows the reason', () => {
    expect(verdictOf(brokenPath).sentence).toBe(explainVerdict(brokenPath.verdict!.finding))
    expect(verdictOf(vxlanPath, failedVerification).sentence).toBe(explainVerdict(failedVerification.verdict!))
  })

  it('is told by the finding of a hop whose host part differs', () => {
    const path = withHop(vxlanPath, 2, { host: 'differs', finding: { code: 'spanning-tree', params: { bridge: 'qbr1' } } })
    expect(verdictOf(path, passedVerification)).toMatchObject({
      word: 'Broken',
      at: null,
      sentence: 'qbr1 runs spanning tree: it holds frames back and talks to the fabric',
    })
  })

  it('is told by its place when nobody has said it better', () => {
    expect(verdictOf(withHop(vxlanPath, 1, { host: 'differs' })).sentence).toBe('tap9f9c98cb-13 on cmp1 is not as designed.')
  })
})

describe('a host that is not fresh', () => {
  const [cmp1, cmp2] = [silentHostPath.hosts[0]!.id, silentHostPath.hosts[1]!.id]
  const silent = judgePath(silentHostPath, null, staleHosts(silentHostPath, readAt))

  it('agrees with nothing, while the others still do', () => {
    expect(hostMarks(silent.forth, cmp2)).toEqual(new Set(['unchecked']))
    expect(hostMarks(silent.forth, cmp1)).toEqual(new Set(['agrees']))
  })

  it('makes a proof one of the past', () => {
    expect(silent.verdict).toEqual({
      status: 'warn',
      word: 'Was proven',
      at: startedAt,
      hopId: null,
      leg: 'forth',
      sentence: 'cmp2 cannot be read.',
    })
  })

  it('is so by the clock alone', () => {
    expect(verdictOf(provenPath, undefined, staleHosts(provenPath, readAt + 10_000)).word).toBe('Proven')
    expect(verdictOf(provenPath, undefined, staleHosts(provenPath, readAt + 11_000))).toMatchObject({
      status: 'warn',
      word: 'Was proven',
      sentence: 'What is known of cmp1 and cmp2 is not fresh.',
    })
  })

  it('keeps the fault that was last read there, with its age', () => {
    const path = withHop(silentHostPath, provenPath.forth.hops.length - 2, {
      host: 'differs',
      finding: { code: 'device-down', params: { device: 'tap1', host: 'cmp2', netns: '' } },
    })
    expect(verdictOf(path, undefined, path.hosts.slice(1))).toMatchObject({
      status: 'bad',
      word: 'Broken, read',
      at: path.hosts[1]!.observedAt,
      sentence: 'tap1 is down on cmp2',
    })
  })
})

describe('evidence from before the last revision', () => {
  it('proves nothing now', () => {
    const { forth: hops, verdict } = judgePath(overtakenPath, null, [])
    expect(verdict).toEqual({
      status: 'warn',
      word: 'Was proven',
      at: startedAt,
      hopId: null,
      leg: 'forth',
      sentence: 'That was before revision 5. Verify again.',
    })
    expect(trafficMarks(hops)).toEqual(new Set(['unchecked']))
  })

  it('breaks nothing now, and says what it was', () => {
    const mended = (hops: readonly PathHop[]) => ({
      hops: hops.map((hop) => ({ ...hop, host: hop.host === 'differs' ? ('agrees' as const) : hop.host })),
    })
    const silenced = {
      ...brokenPath,
      revision: overtakenPath.revision,
      forth: mended(brokenPath.forth.hops),
      back: mended(brokenPath.back.hops),
    }
    expect(verdictOf(silenced)).toMatchObject({
      status: 'warn',
      word: 'Was broken',
      hopId: brokenPath.verdict!.hopId,
      sentence: `${explainVerdict(brokenPath.verdict!.finding)}. That was before revision 5. Verify again.`,
    })
  })

  it('leaves what the hosts show now', () => {
    const { status, hopId } = verdictOf({ ...brokenPath, revision: overtakenPath.revision })
    expect([status, hopId]).toEqual(['bad', brokenPath.forth.hops.find(({ host }) => host === 'differs')!.id])
  })

  it('is drawn as it is when somebody opened it', () => {
    const { forth: hops, verdict } = judgePath({ ...vxlanPath, revision: overtakenPath.revision }, passedVerification, [])
    expect(trafficMarks(hops)).toEqual(trafficMarks(provenPath.forth.hops))
    expect(verdict.word).toBe('Was proven')
  })

  it('of some hops only says since when none were checked', () => {
    const path = withHop(overtakenPath, 1, { traffic: 'unchecked' })
    expect(verdictOf(path)).toMatchObject({
      status: 'unknown',
      sentence: 'The hosts have what the design says. No packets were checked since revision 5.',
    })
  })
})

describe('the way back', () => {
  const finding = { code: 'filter-mac', params: { device: 'tap1', mac: 'fa:16:3e:7a:33:08' } } as const
  const oneWay: Path = {
    ...provenPath,
    back: { hops: provenPath.back.hops.map((hop, at) => (at === 5 ? { ...hop, host: 'differs', finding } : hop)) },
  }

  it('breaks a path whose way forth is in order', () => {
    expect(verdictOf(oneWay)).toMatchObject({
      status: 'bad',
      hopId: oneWay.back.hops[5]!.id,
      leg: 'back',
      sentence: 'On the way back: The filter of tap1 does not let source MAC fa:16:3e:7a:33:08 pass',
    })
  })

  it('is told after the way forth', () => {
    const both = withHop(oneWay, 3, {
      host: 'differs',
      finding: { code: 'device-down', params: { device: 'qvb', host: 'cmp1', netns: '' } },
    })
    expect(verdictOf(both)).toMatchObject({ leg: 'forth', sentence: 'qvb is down on cmp1' })
  })
})
