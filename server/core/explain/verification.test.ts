import { describe, expect, it } from 'vitest'

import { vxlanPath } from './specimens/paths'
import { failedVerification, passedVerification } from './specimens/verifications'

import { explainFlow, flowText, parseFlowKey } from './flow'
import { explainHop } from './path'
import { explainFirstBad, explainHopEvidence, explainHopStatus, explainPing, explainVerification } from './verification'

describe('evidence', () => {
  it('says what each hop showed', () => {
    expect(explainHopEvidence(passedVerification.hops[1]!)).toBe('tap9f9c98cb-13 on cmp1: 10 packets with untagged ICMP echo request.')
    expect(explainHopEvidence(failedVerification.hops[5]!)).toBe('br-int on cmp1: nothing seen; expected local VLAN 3.')
    expect(explainHopEvidence(passedVerification.hops[0]!)).toBe('eth0 on cmp1: not checked; Inside the guest: the ping itself tells')
  })

  it.each([
    [{ code: 'packets', params: { what: 'echo', requests: 5, replies: 0, near: [] } }, 'no replies seen', '5 echo requests, 0 replies'],
    [{ code: 'packets', params: { what: 'echo', requests: 0, replies: 5, near: [] } }, 'no requests seen', '0 echo requests, 5 replies'],
    [
      { code: 'packets', params: { what: 'arp', requests: 0, replies: 0, near: [{ count: 2, mismatches: [] }] } },
      'seen, but different',
      '0 ARP requests, 0 replies, 2 with ',
    ],
    [{ code: 'counted', params: { forth: 5, back: 0 } }, 'no replies seen', '5 towards the destination, 0 back'],
    [{ code: 'counted', params: { forth: 0, back: 0 } }, 'nothing seen', '0 towards the destination, 0 back'],
    [null, 'nothing seen', null],
  ] as const)('%j where packets are missing: what was seen, and in which direction', (seen, word, words) => {
    const hop = { ...failedVerification.hops[5]!, seen }
    expect(explainHopStatus(hop)).toBe(word)
    expect(explainHopEvidence(hop)).toBe(`br-int on cmp1: ${word}${words === null ? '' : ` (${words})`}; expected local VLAN 3.`)
  })

  it('does not say that none reach a hop that replies alone are missing at', () => {
    const hops = failedVerification.hops.with(5, {
      ...failedVerification.hops[5]!,
      seen: { code: 'counted', params: { forth: 5, back: 0 } },
    })
    expect(explainFirstBad(hops)).toBe('br-int on cmp1: no replies seen (5 towards the destination, 0 back); expected local VLAN 3.')
  })

  it('tells the first disagreement from the last hop that saw the packets', () => {
    expect(explainFirstBad(failedVerification.hops)).toBe(
      'Packets pass qvo9f9c98cb-13 on cmp1, none reach br-int on cmp1 (expected local VLAN 3).',
    )
    expect(explainFirstBad(passedVerification.hops)).toBeNull()
    expect(explainFirstBad(failedVerification.hops.slice(5))).toBe('No packet reaches br-int on cmp1; expected local VLAN 3.')
  })

  it('keeps the recorded verdict', () => {
    expect(explainVerification(passedVerification)).toBe('All 19 hops agree: 10 packets each way, headers as designed.')
    expect(explainVerification({ ...passedVerification, verdict: null, hops: [], status: 'running' })).toBe(
      'Packets are being sent and looked for at every hop.',
    )
  })

  it('sums up the ping', () => {
    expect(explainPing(passedVerification.ping!)).toBe('5 of 5 pings answered, 0.94 ms on average')
    expect(explainPing(failedVerification.ping!)).toBe('0 of 5 pings answered')
  })
})

describe('hops and flows', () => {
  it('read aloud', () => {
    expect(explainHop(vxlanPath.forth.hops[1]!)).toBe('tap9f9c98cb-13 on cmp1: intent agrees, host agrees, traffic not checked')
  })

  it('are found again by their key', () => {
    const flow = parseFlowKey('br-int/0/3/dl_vlan=103,in_port=int-br-ens38')!
    expect(flow).toEqual({ bridge: 'br-int', table: 0, priority: 3, match: 'dl_vlan=103,in_port=int-br-ens38' })
    expect(explainFlow(flow)).toBe('br-int T0 p3 dl_vlan=103,in_port=int-br-ens38')
    expect(flowText({ ...flow, match: '', actions: 'NORMAL' })).toBe('table=0, priority=3 actions=NORMAL')
    expect(parseFlowKey('nonsense')).toBeNull()
  })
})
