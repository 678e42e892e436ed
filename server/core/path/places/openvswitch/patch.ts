// The pair of patch ports between br-int and br-tun or a provider bridge, drawn as one hop. There is no device to capture
// on and no mirror sees it, so it is proven by flows of both bridges (docs/reference/open-vswitch.md).

import { INTEGRATION_BRIDGE } from '../../../naming'
import { checkPatch } from '../../checks/ovs-checks'
import type { HopFacts } from '../../hop'
import type { PathHop } from '../../path'
import { type PathSide, patchPairOf } from '../../path-side'
import { counterProof, entryFlows, tellingFlow } from '../../proof-flows'
import type { Stop } from '../../stop'

export function patch(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const pair = patchPairOf(device)
  return {
    detail: { code: 'patch', params: { inner: pair.inner, outer: pair.outer } },
    proof: patchProof(stop),
    hostProblems: checkPatch(side, pair),
    counters: patchCounters(side, INTEGRATION_BRIDGE, pair.inner),
  }
}

/** By the bridge before it and the one behind it. */
export const patchProof = ({ side, before, behind }: Stop): HopFacts['proof'] =>
  counterProof(side, behind?.bridge ?? INTEGRATION_BRIDGE, [tellingFlow(before), ...entryFlows(behind)])

/** Patch ports have no device, but Open vSwitch counts what crosses them. */
export function patchCounters({ view }: PathSide, bridge: string, name: string): PathHop['counters'] {
  const statistics = view?.port(bridge, name)?.interface.statistics
  const [rxPackets, txPackets] = [statistics?.['rx_packets'], statistics?.['tx_packets']]
  return rxPackets === undefined || txPackets === undefined ? null : { rxPackets, txPackets }
}
