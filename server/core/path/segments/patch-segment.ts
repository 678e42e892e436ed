// The pair of patch ports between br-int and br-tun or a provider bridge, drawn as one hop. There is no device to capture
// on and no mirror sees it, so it is proven by flows of both bridges (reference §19).

import { checkPatch } from '../checks/ovs-checks'
import type { ProviderCrossing, TunnelCrossing } from '../crossing'
import { type HopDraft, makeHop } from '../hop'
import type { Encapsulation, PathHop } from '../path'
import { type PathSide, innerVlan } from '../path-side'
import { counterProof, entryFlow, tellingFlow } from '../proof-flows'
import type { SideTraces } from '../side-traces'
import { INTEGRATION_BRIDGE } from '../../naming'
import { dot1q } from './provider-segment'

export function patchSegment(side: PathSide, crossing: TunnelCrossing | ProviderCrossing, traces: SideTraces): HopDraft {
  const { patch } = crossing
  const outer = traces.outer ?? traces.integration
  const [before, behind] = side.role === 'source' ? [traces.integration, outer] : [outer, traces.integration]
  return makeHop(side, {
    lane: 'patch',
    device: patch.inner,
    detail: `${patch.inner} ┄ ${patch.outer}`,
    encapsulation: encapsulationOf(side, crossing),
    proof: counterProof(side, behind.bridge, [tellingFlow(before), entryFlow(behind)]),
    hostProblems: checkPatch(side, patch),
    counters: patchCounters(side, patch.inner),
  })
}

/** Frames of a provider network keep the VLAN id of the wire until br-int's table 0 has seen them. */
function encapsulationOf(side: PathSide, crossing: TunnelCrossing | ProviderCrossing): Encapsulation {
  if (crossing.kind === 'provider' && side.role === 'destination') return dot1q(crossing.vlanId)
  const vlan = innerVlan(side)
  return vlan === null ? { kind: 'untagged' } : { kind: 'local-vlan', vlan }
}

/** Patch ports have no device, but Open vSwitch counts what crosses them. */
function patchCounters({ view }: PathSide, inner: string): PathHop['counters'] {
  const statistics = view?.port(INTEGRATION_BRIDGE, inner)?.interface.statistics
  const [rxPackets, txPackets] = [statistics?.['rx_packets'], statistics?.['tx_packets']]
  return rxPackets === undefined || txPackets === undefined ? null : { rxPackets, txPackets }
}
