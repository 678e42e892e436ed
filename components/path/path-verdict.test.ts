import { describe, expect, it } from 'vitest'

import { brokenPath, failedVerification, overtakenPath, passedVerification, provenPath, silentHostPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import { staleHosts } from '@/server/core/path/currency'
import type { Path, PathHop } from '@/server/core/path/path'

import { judgePath } from './path-verdict'

const readAt = Date.parse(vxlanPath.hosts[0]!.observedAt!)
const { startedAt } = passedVerification
const withHop = (path: Path, index: number, change: Partial<PathHop>): Path => ({ ...path, hops: path.hops.map((hop, at) => (at === index ? { ...hop, ...change } : hop)) })
const verdictOf = (path: Path, ...rest: Partial<[typeof passedVerification, Path['hosts']]>) => judgePath(path, rest[0] ?? null, rest[1] ?? []).verdict
const hostMarks = (hops: readonly PathHop[], hostId: string) => new Set(hops.filter((hop) => hop.hostId === hostId).map(({ host }) => host))
const trafficMarks = (hops: readonly PathHop[]) => new Set(hops.map(({ traffic }) => traffic))

describe('a path that holds', () => {
  it('is proven only when the hosts and the packets agree everywhere, and says how long ago', () => {
    const proven = { status: 'ok', word: 'Proven', at: startedAt, hopId: null, sentence: 'All hops agree: the design, the hosts and the packets say the same.' }
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
      hopId: vxlanPath.hops[5]!.id,
      sentence: 'Packets pass qvo9f9c98cb-13 on cmp1, none reach br-int on cmp1 (expected local VLAN 3).',
    })
  })

  it('is told in the words of whoever knows the reason', () => {
    expect(verdictOf(brokenPath).sentence).toBe(brokenPath.verdict!.sentence)
    expect(verdictOf(vxlanPath, failedVerification).sentence).toBe(failedVerification.verdict)
  })

  it('is told by the finding of a hop whose host part differs', () => {
    const path = withHop(vxlanPath, 2, { host: 'differs', finding: 'qbr is missing.' })
    expect(verdictOf(path, passedVerification)).toMatchObject({ word: 'Broken', at: null, sentence: 'qbr is missing.' })
  })

  it('is told by its place when nobody has said it better', () => {
    expect(verdictOf(withHop(vxlanPath, 1, { host: 'differs' })).sentence).toBe('tap9f9c98cb-13 on cmp1 is not as designed.')
  })
})

describe('a host that is not fresh', () => {
  const [cmp1, cmp2] = [silentHostPath.hosts[0]!.id, silentHostPath.hosts[1]!.id]
  const silent = judgePath(silentHostPath, null, staleHosts(silentHostPath, readAt))

  it('agrees with nothing, while the others still do', () => {
    expect(hostMarks(silent.hops, cmp2)).toEqual(new Set(['unchecked']))
    expect(hostMarks(silent.hops, cmp1)).toEqual(new Set(['agrees']))
  })

  it('makes a proof one of the past', () => {
    expect(silent.verdict).toEqual({ status: 'warn', word: 'Was proven', at: startedAt, hopId: null, sentence: 'cmp2 cannot be read.' })
  })

  it('is so by the clock alone', () => {
    expect(verdictOf(provenPath, undefined, staleHosts(provenPath, readAt + 10_000)).word).toBe('Proven')
    expect(verdictOf(provenPath, undefined, staleHosts(provenPath, readAt + 11_000))).toMatchObject({ status: 'warn', word: 'Was proven', sentence: 'What is known of cmp1 and cmp2 is not fresh.' })
  })

  it('keeps the fault that was last read there, with its age', () => {
    const path = withHop(silentHostPath, provenPath.hops.length - 2, { host: 'differs', finding: 'The tap is down.' })
    expect(verdictOf(path, undefined, path.hosts.slice(1))).toMatchObject({ status: 'bad', word: 'Broken, read', at: path.hosts[1]!.observedAt, sentence: 'The tap is down.' })
  })
})

describe('evidence from before the last revision', () => {
  it('proves nothing now', () => {
    const { hops, verdict } = judgePath(overtakenPath, null, [])
    expect(verdict).toEqual({ status: 'warn', word: 'Was proven', at: startedAt, hopId: null, sentence: 'That was before revision 5. Verify again.' })
    expect(trafficMarks(hops)).toEqual(new Set(['unchecked']))
  })

  it('breaks nothing now, and says what it was', () => {
    const silenced = { ...brokenPath, revision: overtakenPath.revision, hops: brokenPath.hops.map((hop) => ({ ...hop, host: hop.host === 'differs' ? ('agrees' as const) : hop.host })) }
    expect(verdictOf(silenced)).toMatchObject({
      status: 'warn',
      word: 'Was broken',
      hopId: brokenPath.verdict!.hopId,
      sentence: `${brokenPath.verdict!.sentence} That was before revision 5. Verify again.`,
    })
  })

  it('leaves what the hosts show now', () => {
    const { status, hopId } = verdictOf({ ...brokenPath, revision: overtakenPath.revision })
    expect([status, hopId]).toEqual(['bad', brokenPath.hops.find(({ host }) => host === 'differs')!.id])
  })

  it('is drawn as it is when somebody opened it', () => {
    const { hops, verdict } = judgePath({ ...vxlanPath, revision: overtakenPath.revision }, passedVerification, [])
    expect(trafficMarks(hops)).toEqual(trafficMarks(provenPath.hops))
    expect(verdict.word).toBe('Was proven')
  })

  it('of some hops only says since when none were checked', () => {
    const path = withHop(overtakenPath, 1, { traffic: 'unchecked' })
    expect(verdictOf(path)).toMatchObject({ status: 'unknown', sentence: 'The hosts have what the design says. No packets were checked since revision 5.' })
  })
})
