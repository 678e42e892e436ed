// The trunk bridge and both ends of the patch pair to br-int (docs/reference/trunks.md). The end on the trunk bridge has the guest's VLAN
// for its tag: inside the bridge frames wear it, on the pair they are untagged, like those of a NIC, until br-int gives them the local
// VLAN.

import { invariant } from '../../../invariant'
import { INTEGRATION_BRIDGE, isTrunkBridgeEnd } from '../../../naming'
import { checkAccessPort, checkBridge, checkGuestVlan, checkTrunkPatchEnd } from '../../checks/ovs-checks'
import type { HopFacts } from '../../hop'
import type { PathSide, TrunkSide } from '../../path-side'
import { counterProof, tellingFlow } from '../../proof-flows'
import type { Stop } from '../../stop'
import { wired } from './hybrid-plug'
import { patchCounters, patchProof } from './patch'

export function trunkBridge({ side, trace }: Stop): HopFacts {
  const { bridge, outer, guestVlan } = trunkOf(side)
  return {
    detail: { code: 'trunk-bridge', params: { vlan: guestVlan, outer } },
    proof: counterProof(side, bridge, [tellingFlow(trace)]),
    hostProblems: checkBridge(side, bridge),
    counters: null,
  }
}

export function trunkPatch(stop: Stop): HopFacts {
  const {
    side,
    place: { device },
  } = stop
  const trunk = trunkOf(side)
  const bridge = isTrunkBridgeEnd(device) ? trunk.bridge : INTEGRATION_BRIDGE
  return {
    ...(isTrunkBridgeEnd(device) ? outerEnd(side, trunk) : innerEnd(side, trunk)),
    proof: patchProof(stop),
    counters: patchCounters(side, bridge, device),
  }
}

type End = Pick<HopFacts, 'detail' | 'intentProblems' | 'hostProblems'>

const outerEnd = (side: PathSide, trunk: TrunkSide): End => ({
  detail: { code: 'guest-tag', params: { tag: trunk.guestVlan ?? 0 } },
  hostProblems: [...checkTrunkPatchEnd(side, trunk.bridge, trunk.outer, trunk.inner), checkGuestVlan(side, trunk)],
})

const innerEnd = (side: PathSide, { inner, outer }: TrunkSide): End => ({
  ...wired(side),
  hostProblems: [...checkTrunkPatchEnd(side, INTEGRATION_BRIDGE, inner, outer), ...checkAccessPort(side, inner)],
})

function trunkOf({ trunk, port }: PathSide): TrunkSide {
  invariant(trunk, `port ${port.id} comes by a trunk bridge and is of no trunk`)
  return trunk
}
