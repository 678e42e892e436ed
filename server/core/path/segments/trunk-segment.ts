// The trunk bridge and both ends of the patch pair to br-int (reference §11.1). The guest's VLAN ends at the end on the trunk
// bridge, whose tag it is; behind it the frame is untagged, like one from a NIC, until br-int gives it the local VLAN.

import { INTEGRATION_BRIDGE } from '../../naming'
import type { Flow } from '../../host/flow'
import { checkAccessPort, checkBridge, checkGuestVlan, checkTrunkPatchEnd } from '../checks/ovs-checks'
import { type HopDraft, makeHop, untagged } from '../hop'
import { type PathSide, type TrunkSide, flowsOf } from '../path-side'
import { counterProof, entryFlow, tellingFlow } from '../proof-flows'
import type { SideTraces } from '../side-traces'
import { guestEncapsulation, portFacts } from './vm-segment'

/** From the VM outwards; nothing for a port without a trunk. */
export function trunkSegment(side: PathSide, traces: SideTraces): HopDraft[] {
  const { trunk } = side
  if (!trunk) return []
  const forwarding = normalFlow(side, trunk)
  // At the source br-int first sees the frame by this port; at the destination what br-int does last says most.
  const inside = side.role === 'source' ? entryFlow(traces.integration) : tellingFlow(traces.integration)
  return [bridgeHop(side, trunk, forwarding), outerHop(side, trunk, forwarding, inside), innerHop(side, trunk, inside)]
}

/** The one flow of the bridge: it has no controller and no fail_mode. */
const normalFlow = (side: PathSide, { bridge }: TrunkSide): Flow | null =>
  flowsOf(side, bridge).find(({ actions }) => actions === 'NORMAL') ?? null

const words = (guestVlan: number | null): string => (guestVlan === null ? 'untagged' : `VLAN ${guestVlan}`)

function bridgeHop(side: PathSide, trunk: TrunkSide, forwarding: Flow | null): HopDraft {
  return makeHop(side, {
    lane: 'trunk-bridge',
    device: trunk.bridge,
    detail: `${words(trunk.guestVlan)} ↔ ${trunk.outer}`,
    encapsulation: guestEncapsulation(side),
    proof: counterProof(side, trunk.bridge, [forwarding]),
    hostProblems: checkBridge(side, trunk.bridge),
    counters: null,
  })
}

function outerHop(side: PathSide, trunk: TrunkSide, forwarding: Flow | null, inside: Flow | null): HopDraft {
  return makeHop(side, {
    lane: 'trunk-patch',
    device: trunk.outer,
    detail: `tag ${trunk.guestVlan ?? 0} (guest)`,
    encapsulation: side.role === 'source' ? untagged : guestEncapsulation(side),
    proof: counterProof(side, trunk.bridge, [forwarding, inside]),
    hostProblems: [...checkTrunkPatchEnd(side, trunk.bridge, trunk.outer, trunk.inner), checkGuestVlan(side, trunk)],
    counters: patchCounters(side, trunk.bridge, trunk.outer),
  })
}

function innerHop(side: PathSide, trunk: TrunkSide, inside: Flow | null): HopDraft {
  return makeHop(side, {
    lane: 'trunk-patch',
    device: trunk.inner,
    ...portFacts(side),
    proof: counterProof(side, INTEGRATION_BRIDGE, [inside]),
    hostProblems: [...checkTrunkPatchEnd(side, INTEGRATION_BRIDGE, trunk.inner, trunk.outer), ...checkAccessPort(side, trunk.inner)],
    counters: patchCounters(side, INTEGRATION_BRIDGE, trunk.inner),
  })
}

function patchCounters({ view }: PathSide, bridge: string, name: string): HopDraft['counters'] {
  const statistics = view?.port(bridge, name)?.interface.statistics
  const [rxPackets, txPackets] = [statistics?.['rx_packets'], statistics?.['tx_packets']]
  return rxPackets === undefined || txPackets === undefined ? null : { rxPackets, txPackets }
}
