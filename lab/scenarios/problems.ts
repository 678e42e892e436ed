// What a scenario finds wrong with a verification, in sentences.

import { explainVerdict } from '@/server/core/explain/verdict'
import { explainLease } from '@/server/core/explain/verification'
import type { Verification } from '@/server/core/path/verification'

export function findVerificationProblems({ status, verdict, ping, hops, dhcp, source }: Verification): string[] {
  return [
    ...(status === 'passed' ? [] : [`${source.label}: the verification ${status}: ${verdict && explainVerdict(verdict)}`]),
    ...(ping && ping.received === ping.transmitted && ping.received > 0 ? [] : [`${source.label}: the ping lost packets`]),
    ...hops
      .filter((hop) => hop.method !== 'none' && (hop.status !== 'agrees' || hop.packets === 0))
      .map((hop) => `${source.label}: ${hop.host} ${hop.interface} is ${hop.status}`),
    ...dhcp.filter((entry) => entry.status !== 'agrees').map(({ finding }) => explainLease(finding)),
  ]
}
