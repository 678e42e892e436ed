import { describe, expect, it } from 'vitest'

import { provenPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import { failedVerification } from '@/server/core/explain/specimens/verifications'

import { mergeEvidence } from './merge-evidence'

describe('mergeEvidence', () => {
  it('marks traffic by what was seen', () => {
    const traffic = mergeEvidence(vxlanPath.forth.hops, failedVerification.hops).map((hop) => hop.traffic)
    expect(traffic.slice(0, 6)).toEqual(['unchecked', 'agrees', 'unchecked', 'agrees', 'agrees', 'differs'])
  })

  it('leaves nothing of an earlier verification where this one did not look', () => {
    expect(new Set(mergeEvidence(provenPath.forth.hops, []).map((hop) => hop.traffic))).toEqual(new Set(['unchecked']))
  })
})
