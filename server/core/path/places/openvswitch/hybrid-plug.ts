// Neutron's hybrid plug: tap, qbr, qvb, qvo (docs/reference/hybrid-plug.md); and a tap that is plugged straight into br-int or the trunk's
// bridge. Frames are untagged all the way: the tag acts inside br-int. Those of a subport wear the guest's own VLAN, on the parent's
// devices.

import { qbrName, qvbName, qvoName } from '../../../naming'
import { checkNicGroups } from '../../checks/group-checks'
import { checkLink } from '../../checks/link-checks'
import { checkAccessPort, checkTrunkVif } from '../../checks/ovs-checks'
import { captureProof, type HopFacts, noProof, type Problem } from '../../hop'
import { isDirectlyPlugged, nicMtu, nicPort, type PathSide, tagInForce } from '../../path-side'
import type { Stop } from '../../stop'
import { adminIntent, checkSpanningTree } from '../common-checks'

export function tap({ side, place: { device } }: Stop): HopFacts {
  if (isDirectlyPlugged(side)) {
    return { ...vif(side, device), hostProblems: [...checkLink(side, { name: device, mtu: nicMtu(side) }), ...checkVif(side, device)] }
  }
  const qbr = qbrName(nicPort(side).id)
  return {
    detail: { code: 'in-bridge', params: { bridge: qbr } },
    proof: captureProof(device),
    hostProblems: [...checkLink(side, { name: device, master: qbr, mtu: nicMtu(side) }), checkNicGroups(side)],
  }
}

export function qbr({ side, place: { device } }: Stop): HopFacts {
  return {
    detail: { code: 'linux-bridge', params: {} },
    proof: noProof({ code: 'between-devices', params: { before: 'tap', behind: 'qvo' } }),
    hostProblems: [...checkLink(side, { name: device, mtu: nicMtu(side) }), checkSpanningTree(side, device)],
  }
}

export function qvb({ side, place: { device } }: Stop): HopFacts {
  const { id } = nicPort(side)
  return {
    detail: { code: 'in-bridge', params: { bridge: qbrName(id) } },
    proof: captureProof(device),
    hostProblems: checkLink(side, { name: device, master: qbrName(id), peer: qvoName(id), mtu: nicMtu(side) }),
  }
}

export function qvo({ side, place: { device } }: Stop): HopFacts {
  const peer = qvbName(nicPort(side).id)
  return { ...vif(side, device), hostProblems: [...checkLink(side, { name: device, peer, mtu: nicMtu(side) }), ...checkVif(side, device)] }
}

const vif = (side: PathSide, device: string): Pick<HopFacts, 'detail' | 'intentProblems' | 'proof'> => ({
  ...(side.trunk ? { detail: { code: 'in-bridge-whole', params: { bridge: side.trunk.bridge } } } : wired(side)),
  proof: captureProof(device),
})
const checkVif = (side: PathSide, device: string): Problem[] =>
  side.trunk ? checkTrunkVif(side, side.trunk, device) : checkAccessPort(side, device)

/** What is plugged into br-int, whichever device it is. */
export const wired = (side: PathSide): Pick<HopFacts, 'detail' | 'intentProblems'> => ({
  detail: { code: 'local-tag', params: { tag: tagInForce(side) } },
  intentProblems: adminIntent(side),
})
