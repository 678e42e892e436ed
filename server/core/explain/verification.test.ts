import { describe, expect, it } from 'vitest'

import { failedVerification, passedVerification, vxlanPath } from './specimens/paths'

import { explainFlow, flowText, parseFlowKey } from './flow'
import { explainHop } from './path'
import { explainFirstBad, explainHopEvidence, explainPing, explainVerification } from './verification'

describe('evidence', () => {
  it('says what each hop showed', () => {
    expect(explainHopEvidence(passedVerification.hops[1]!)).toBe('tap9f9c98cb-13 on cmp1: 10 packets with untagged ICMP echo request.')
    expect(explainHopEvidence(failedVerification.hops[5]!)).toBe('br-int on cmp1: nothing seen; expected local VLAN 3.')
    expect(explainHopEvidence(passedVerification.hops[0]!)).toBe('eth0 on cmp1: not checked; Inside the guest: the ping itself tells')
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
    expect(explainHop(vxlanPath.forth.hops[1]!)).toBe(
      'tap9f9c98cb-13 on cmp1: intent agrees, host agrees, traffic not checked',
    )
  })

  it('are found again by their key', () => {
    const flow = parseFlowKey('br-int/0/3/dl_vlan=103,in_port=int-br-ens38')!
    expect(flow).toEqual({ bridge: 'br-int', table: 0, priority: 3, match: 'dl_vlan=103,in_port=int-br-ens38' })
    expect(explainFlow(flow)).toBe('br-int T0 p3 dl_vlan=103,in_port=int-br-ens38')
    expect(flowText({ ...flow, match: '', actions: 'NORMAL' })).toBe('table=0, priority=3 actions=NORMAL')
    expect(parseFlowKey('nonsense')).toBeNull()
  })
})
