// Sample evidence of the sample paths, for the gallery and for tests of pure view logic. Typed, never shipped in a page of production.

import { explainNoProof } from '../hop'
import type { Path, PathHop } from '../../path/path'
import type { HopEvidence, Verification } from '../../path/verification'
import { brIntIndex, brokenPath, verifiedAt, vxlanPath, web1, web2 } from './paths'

const headerWords = (each: PathHop): string =>
  each.encapsulation.kind === 'vxlan'
    ? 'outer IP/UDP 4789, VNI 100, inner frame untagged'
    : each.encapsulation.kind === 'local-vlan'
      ? `local VLAN ${each.encapsulation.vlan}`
      : 'untagged ICMP echo request'

const evidence = (each: PathHop, status: HopEvidence['status']): HopEvidence => ({
  hopId: each.id,
  host: each.hostName ?? '–',
  interface: each.place.device,
  method: each.proof.method,
  expected: { code: 'said', params: { said: headerWords(each) } },
  seen: status === 'agrees' ? { code: 'said', params: { said: headerWords(each) } } : null,
  packets: status === 'agrees' ? 10 : 0,
  status,
  sample:
    status === 'agrees' && each.proof.method === 'capture'
      ? `00:00:00.001204 ${web1.macAddress} > ${web2.macAddress}, IPv4 (0x0800), length 98: 10.0.5.9 > 10.0.5.12: ICMP echo request, id 4660, seq 1, length 64`
      : null,
  pcap:
    each.proof.method === 'capture' && status !== 'unchecked'
      ? `5a0f1c2e-4b7d-4f3a-9c11-${String(each.id.length).padStart(12, '0')}`
      : null,
  notes:
    status === 'unchecked' && each.proof.method === 'none' ? [{ code: 'said', params: { said: explainNoProof(each.proof.reason) } }] : [],
})

const evidenceOf = (path: Path, failsAt: number): readonly HopEvidence[] =>
  path.forth.hops.map((each, index) => evidence(each, each.proof.method === 'none' ? 'unchecked' : index >= failsAt ? 'missing' : 'agrees'))

const pingOutput = `PING 10.0.5.12 (10.0.5.12): 56 data bytes
64 bytes from 10.0.5.12: seq=0 ttl=64 time=1.842 ms
64 bytes from 10.0.5.12: seq=1 ttl=64 time=0.731 ms

--- 10.0.5.12 ping statistics ---
5 packets transmitted, 5 packets received, 0% packet loss
round-trip min/avg/max = 0.702/0.941/1.842 ms
`

export const passedVerification: Verification = {
  id: '77aa0000-1111-4222-8333-444455556666',
  status: 'passed',
  source: web1,
  destination: web2,
  startedAt: verifiedAt,
  durationMs: 6_420,
  ping: { from: 'guest-agent', transmitted: 5, received: 5, rttAvgMs: 0.941, output: pingOutput },
  dhcp: [
    {
      portId: web1.portId,
      label: 'web-1',
      status: 'agrees',
      expectedAddress: '10.0.5.9',
      leasedAddress: '10.0.5.9',
      guestAddress: '10.0.5.9',
      finding: { code: 'lease-used', params: { label: 'web-1', leased: '10.0.5.9' } },
    },
    {
      portId: web2.portId,
      label: 'web-2',
      status: 'no-lease',
      expectedAddress: '10.0.5.12',
      leasedAddress: null,
      guestAddress: '10.0.5.12',
      finding: { code: 'no-lease', params: { label: 'web-2' } },
    },
  ],
  hops: evidenceOf(vxlanPath, Number.POSITIVE_INFINITY),
  // As an earlier version stored it.
  verdict: { code: 'said', params: { said: 'All 19 hops agree: 10 packets each way, headers as designed.' } },
  firstBadHopId: null,
}

export const failedVerification: Verification = {
  ...passedVerification,
  id: '77aa0000-1111-4222-8333-444455557777',
  status: 'failed',
  ping: {
    from: 'guest-agent',
    transmitted: 5,
    received: 0,
    rttAvgMs: null,
    output:
      'PING 10.0.5.12 (10.0.5.12): 56 data bytes\n\n--- 10.0.5.12 ping statistics ---\n5 packets transmitted, 0 packets received, 100% packet loss\n',
  },
  hops: evidenceOf(vxlanPath, brIntIndex),
  verdict: brokenPath.verdict!.finding,
  firstBadHopId: vxlanPath.forth.hops[brIntIndex]!.id,
}
