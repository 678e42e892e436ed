// VM, tap, qbr, qvb, qvo: Neutron's hybrid plug (reference §5). Where the tap is plugged straight into br-int (native
// firewall of a foreign cloud), only VM and tap remain. Frames are untagged all the way: the tag acts inside br-int. Those of a
// subport wear the guest's own VLAN up to the trunk bridge (trunk-segment.ts), on the devices of the trunk's parent.

import { qbrName, qvbName, qvoName, tapName } from '../../naming'
import { checkAccessPort, checkTrunkVif } from '../checks/ovs-checks'
import { checkLink } from '../checks/link-checks'
import { type HopDraft, type Problem, captureProof, makeHop, noProof, untagged } from '../hop'
import { guestNic } from '../list-endpoints'
import type { Encapsulation } from '../path'
import { type PathSide, nicMtu, nicPort, ovsPortOf, tagInForce } from '../path-side'

/** From the VM outwards. */
export function vmSegment(side: PathSide): HopDraft[] {
  const isDirect = ovsPortOf(side)?.name === tapName(side.port.id)
  return isDirect ? [vmHop(side), directTapHop(side)] : [vmHop(side), tapHop(side), qbrHop(side), qvbHop(side), qvoHop(side)]
}

export function vmHop(side: PathSide): HopDraft {
  const { topology, endpoint, trunk } = side
  const port = nicPort(side)
  const vm = topology.vms.find(({ portIds }) => portIds.includes(port.id))
  const nic = guestNic(vm, port.id)
  return makeHop(side, {
    lane: 'vm',
    device: trunk?.guestVlan ? `${nic}.${trunk.guestVlan}` : nic,
    detail: `${endpoint.label}, ${endpoint.ipAddress ?? 'no address'}`,
    encapsulation: guestEncapsulation(side),
    proof: noProof('Inside the guest: the ping itself tells'),
    hostProblems: side.hasDesign ? checkDomain(side) : [],
    isObservable: side.hasDesign,
    counters: null,
  })
}

function checkDomain(side: PathSide): Problem[] {
  const { view, endpoint, host } = side
  const port = nicPort(side)
  const domain = view?.domain(port.deviceId)
  if (!domain) return [`VM ${endpoint.label} is not defined on ${host.name}`]
  if (!domain.isRunning) return [`VM ${endpoint.label} is not running on ${host.name}`]
  const nic = domain.interfaces.find(({ target }) => target === tapName(port.id))
  if (!nic) return [`VM ${endpoint.label} has no NIC on ${tapName(port.id)}`]
  const isRight = nic.macAddress.toLowerCase() === port.macAddress.toLowerCase()
  return [isRight ? null : `The NIC of VM ${endpoint.label} has MAC ${nic.macAddress}, the port has ${port.macAddress}`]
}

function tapHop(side: PathSide): HopDraft {
  const [device, qbr] = [tapName(nicPort(side).id), qbrName(nicPort(side).id)]
  return makeHop(side, {
    lane: 'tap',
    device,
    detail: `in ${qbr}`,
    encapsulation: guestEncapsulation(side),
    proof: captureProof(device),
    hostProblems: checkLink(side, { name: device, master: qbr, mtu: nicMtu(side) }),
  })
}

function directTapHop(side: PathSide): HopDraft {
  const device = tapName(side.port.id)
  return makeHop(side, {
    lane: 'tap',
    device,
    ...portFacts(side),
    proof: captureProof(device),
    hostProblems: [...checkLink(side, { name: device, mtu: nicMtu(side) }), ...checkAccessPort(side, device)],
  })
}

function qbrHop(side: PathSide): HopDraft {
  const device = qbrName(nicPort(side).id)
  const hasStp = side.view?.link('', device)?.bridge?.hasStp === true
  return makeHop(side, {
    lane: 'qbr',
    device,
    detail: 'Linux bridge',
    encapsulation: guestEncapsulation(side),
    proof: noProof('What is seen at tap and at qvo has crossed it'),
    hostProblems: [
      ...checkLink(side, { name: device, mtu: nicMtu(side) }),
      hasStp ? `${device} runs spanning tree: it holds frames back and talks to the fabric` : null,
    ],
  })
}

function qvbHop(side: PathSide): HopDraft {
  const [device, qbr, qvo] = [qvbName(nicPort(side).id), qbrName(nicPort(side).id), qvoName(nicPort(side).id)]
  return makeHop(side, {
    lane: 'qvb',
    device,
    detail: `in ${qbr}`,
    encapsulation: guestEncapsulation(side),
    proof: captureProof(device),
    hostProblems: checkLink(side, { name: device, master: qbr, peer: qvo, mtu: nicMtu(side) }),
  })
}

function qvoHop(side: PathSide): HopDraft {
  const [device, qvb] = [qvoName(nicPort(side).id), qvbName(nicPort(side).id)]
  return makeHop(side, {
    lane: 'qvo',
    device,
    ...(side.trunk ? { detail: `in ${side.trunk.bridge}, all VLANs`, encapsulation: guestEncapsulation(side) } : portFacts(side)),
    proof: captureProof(device),
    hostProblems: [
      ...checkLink(side, { name: device, peer: qvb, mtu: nicMtu(side) }),
      ...(side.trunk ? checkTrunkVif(side, side.trunk, device) : checkAccessPort(side, device)),
    ],
  })
}

/** What frames wear between the guest and the bridge that its NIC is plugged into. */
export const guestEncapsulation = ({ trunk }: PathSide): Encapsulation =>
  trunk?.guestVlan ? { kind: 'guest-vlan', vlanId: trunk.guestVlan } : untagged

export const adminIntent = ({ port, network }: PathSide): Problem[] =>
  port.isAdminStateUp && network.isAdminStateUp ? [] : [`${port.isAdminStateUp ? `Network ${network.name}` : 'The port'} is administratively down in the design`]

/** What the hop that is plugged into br-int has in common, whichever device it is. */
export function portFacts(side: PathSide) {
  const { network, localVlan, host, hasDesign } = side
  return {
    detail: `tag ${tagInForce(side) ?? '?'} (local)`,
    encapsulation: untagged,
    intentProblems: [
      ...adminIntent(side),
      hasDesign && localVlan === null ? `The design has chosen no local VLAN for ${network.name} on ${host.name} yet` : null,
    ],
  } as const
}
