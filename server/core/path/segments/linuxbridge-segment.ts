// A host with the Linux bridge agent (reference §11.2): tap, for a subport the VLAN interface on it, the network's bridge, and the way
// out by the NIC itself, a VLAN interface on it or a VXLAN device. All of them are devices, so each is proven by a capture; one that puts
// a header on shows the frame without it, and the next one shows it with.

import { brqName, dhcpNamespace, nsName, tapName, vlanDeviceName, vxlanDeviceName } from '../../naming'
import { checkFilter, checkForwarding, checkVlan, checkVxlan } from '../checks/bridge-checks'
import { checkLink } from '../checks/link-checks'
import type { Crossing, ProviderCrossing, TunnelCrossing } from '../crossing'
import { type HopDraft, type HopFacts, captureProof, makeHop, untagged } from '../hop'
import { type PathSide, mappingOf, nicMtu, nicPort } from '../path-side'
import { checkAddress, checkNamespace, checkServer } from './dhcp-segment'
import { checkRoom, dot1q, wireWord } from './provider-segment'
import { vxlan } from './tunnel-segment'
import { underlaySegment } from './underlay-segment'
import { adminIntent, guestEncapsulation, vmHop } from './vm-segment'

/** From the endpoint to the port of the network's bridge. */
export function pluggedEndpoint(side: PathSide): HopDraft[] {
  if (side.endpoint.kind === 'dhcp') return [serverHop(side), vethHop(side)]
  return side.trunk?.guestVlan ? [vmHop(side), tapHop(side), vlanHop(side, side.trunk.guestVlan)] : [vmHop(side), tapHop(side)]
}

/** `captured` and what leaves differ where a header is put on or taken off here. */
const capture = (device: string, netns = ''): Pick<HopFacts, 'device' | 'proof'> => ({ device, proof: captureProof(device, netns) })

function tapHop(side: PathSide): HopDraft {
  const parent = nicPort(side)
  const [device, bridge] = [tapName(parent.id), brqName(parent.networkId)]
  const isOwn = parent.id === side.port.id
  return makeHop(side, {
    ...capture(device),
    lane: 'tap',
    detail: isOwn ? `in ${bridge}` : 'tap of the parent',
    encapsulation: guestEncapsulation(side),
    intentProblems: isOwn ? adminIntent(side) : [],
    hostProblems: [...checkLink(side, { name: device, master: bridge, mtu: nicMtu(side) }), isOwn ? checkFilter(side, device) : null],
  })
}

function vlanHop(side: PathSide, guestVlan: number): HopDraft {
  const [device, lower, bridge] = [tapName(side.port.id), tapName(nicPort(side).id), brqName(side.network.id)]
  const isThere = !side.view || side.view.link('', device) !== undefined
  return makeHop(side, {
    ...capture(device),
    lane: 'tap-vlan',
    detail: `VLAN ${guestVlan} (guest) of ${lower}`,
    encapsulation: side.role === 'source' ? untagged : guestEncapsulation(side),
    seenAs: untagged,
    intentProblems: adminIntent(side),
    hostProblems: isThere
      ? [checkVlan(side, device, { lower, id: guestVlan }), ...checkLink(side, { name: device, master: bridge, mtu: side.network.mtu }), checkFilter(side, device)]
      : [`${device} does not exist on ${side.host.name}: it went with the tap when the VM was restarted, or was never applied. Plan again`],
  })
}

function serverHop(side: PathSide): HopDraft {
  const [device, netns] = [nsName(side.port.id), dhcpNamespace(side.network.id)]
  return makeHop(side, {
    ...capture(device, netns),
    lane: 'dhcp',
    netns,
    detail: side.endpoint.ipAddress ?? 'no address',
    encapsulation: untagged,
    intentProblems: adminIntent(side),
    hostProblems: [
      ...checkNamespace(side, netns),
      ...checkLink(side, { netns, name: device, mtu: side.network.mtu }),
      checkAddress(side, netns, device),
      checkServer(side, netns),
    ],
  })
}

function vethHop(side: PathSide): HopDraft {
  const [device, bridge] = [tapName(side.port.id), brqName(side.network.id)]
  return makeHop(side, {
    ...capture(device),
    lane: 'tap',
    detail: `in ${bridge}`,
    encapsulation: untagged,
    hostProblems: checkLink(side, { name: device, master: bridge, peer: nsName(side.port.id), mtu: side.network.mtu }),
  })
}

export function bridgeHop(side: PathSide): HopDraft {
  const device = brqName(side.network.id)
  const hasStp = side.view?.link('', device)?.bridge?.hasStp === true
  return makeHop(side, {
    ...capture(device),
    lane: 'brq',
    detail: 'Linux bridge',
    encapsulation: untagged,
    hostProblems: [
      ...checkLink(side, { name: device, mtu: side.network.mtu }),
      hasStp ? `${device} runs spanning tree: it holds frames back and talks to the fabric` : null,
    ],
  })
}

/** From the bridge outwards. */
export function bridgeUplink(side: PathSide, peer: PathSide, crossing: Crossing): HopDraft[] {
  if (crossing.kind === 'same-host') return []
  if (crossing.kind === 'tunnel') return [vxlanDeviceHop(side, peer, crossing), ...underlaySegment(side, crossing)]
  const { vlanId } = crossing
  return vlanId === null ? [nicHop(side, crossing)] : [vlanDeviceHop(side, crossing, vlanId), nicHop(side, crossing)]
}

const mappingIntent = (side: PathSide) => [mappingOf(side) ? null : `The design maps no NIC of ${side.host.name} to the physical network`]

function vlanDeviceHop(side: PathSide, { nic }: ProviderCrossing, vlanId: number): HopDraft {
  const device = vlanDeviceName(nic, vlanId)
  return makeHop(side, {
    ...capture(device),
    lane: 'vlan-device',
    detail: `VLAN ${vlanId} of ${nic}`,
    encapsulation: side.role === 'source' ? dot1q(vlanId) : untagged,
    seenAs: untagged,
    intentProblems: mappingIntent(side),
    hostProblems: [checkVlan(side, device, { lower: nic, id: vlanId }), ...checkLink(side, { name: device, master: brqName(side.network.id), mtu: side.network.mtu })],
  })
}

function nicHop(side: PathSide, { nic, vlanId }: ProviderCrossing): HopDraft {
  const place = vlanId === null ? { master: brqName(side.network.id) } : {}
  return makeHop(side, {
    ...capture(nic),
    lane: 'nic',
    detail: wireWord(vlanId),
    encapsulation: dot1q(vlanId),
    intentProblems: mappingIntent(side),
    hostProblems: [...checkLink(side, { name: nic, ...place }), checkRoom(side, nic)],
  })
}

function vxlanDeviceHop(side: PathSide, peer: PathSide, crossing: TunnelCrossing): HopDraft {
  const device = vxlanDeviceName(crossing.vni)
  return makeHop(side, {
    ...capture(device),
    lane: 'vxlan-device',
    detail: `VNI ${crossing.vni}`,
    encapsulation: side.role === 'source' ? vxlan(crossing, 'source') : untagged,
    seenAs: untagged,
    hostProblems: [
      checkVxlan(side, device, crossing),
      ...checkLink(side, { name: device, master: brqName(side.network.id), mtu: side.network.mtu }),
      checkForwarding(side, peer, device, crossing),
    ],
  })
}
