import { describe, expect, it } from 'vitest'

import { brokenPath, failedVerification, passedVerification, provenPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import type { PathHop } from '@/server/core/path/path'

import { mergeEvidence, pathVerdict } from './merge-evidence'

describe('mergeEvidence', () => {
  it('leaves the hops alone without evidence', () => {
    expect(mergeEvidence(vxlanPath.hops, [])).toBe(vxlanPath.hops)
  })

  it('marks traffic by what was seen', () => {
    const traffic = mergeEvidence(vxlanPath.hops, failedVerification.hops).map((hop) => hop.traffic)
    expect(traffic.slice(0, 6)).toEqual(['unchecked', 'agrees', 'unchecked', 'agrees', 'agrees', 'differs'])
  })
})

describe('pathVerdict', () => {
  it('is ok only when the host and the packets agree everywhere', () => {
    expect(pathVerdict(provenPath.hops, [], null)).toEqual({
      status: 'ok',
      hopId: null,
      sentence: 'All hops agree: the design, the hosts and the packets say the same.',
    })
    const proven = mergeEvidence(vxlanPath.hops, passedVerification.hops)
    expect(pathVerdict(proven, passedVerification.hops, null).status).toBe('ok')
    expect(pathVerdict(vxlanPath.hops, [], null)).toMatchObject({ status: 'unknown', hopId: null })
  })

  it('is the first disagreement from the left', () => {
    const merged = mergeEvidence(vxlanPath.hops, failedVerification.hops)
    expect(pathVerdict(merged, failedVerification.hops, null)).toEqual({
      status: 'bad',
      hopId: vxlanPath.hops[5]!.id,
      sentence: 'Packets pass qvo9f9c98cb-13 on cmp1, none reach br-int on cmp1 (expected local VLAN 3).',
    })
  })

  it('takes the known sentence when it is about the same hop', () => {
    expect(pathVerdict(brokenPath.hops, [], brokenPath.verdict).sentence).toBe(brokenPath.verdict!.sentence)
  })

  it('prefers the finding of a hop whose host part differs', () => {
    const hops: readonly PathHop[] = vxlanPath.hops.map((hop, index) => (index === 2 ? { ...hop, host: 'differs', finding: 'qbr is missing.' } : hop))
    expect(pathVerdict(hops, passedVerification.hops, null).sentence).toBe('qbr is missing.')
  })

  it('says where the path breaks when nobody has said it better', () => {
    const hops: readonly PathHop[] = vxlanPath.hops.map((hop, index) => (index === 1 ? { ...hop, host: 'differs' } : hop))
    expect(pathVerdict(hops, [], null).sentence).toBe('tap9f9c98cb-13 on cmp1 is not as designed.')
  })
})
