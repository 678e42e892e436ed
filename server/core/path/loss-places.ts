// Between which two hops packets are lost says much about the reason, even where no counter and no finding does: the rows
// are the signatures of docs/reference/faults.md, read from the last hop that saw a packet to the first that did not.

import type { Role, Path, PathHop } from './path'
import { isRouted, measuredHops } from './travel'
import type { LossReason } from './verdict-params'

interface LossPlace {
  /** Roles of the hop where packets are missing and of the last one that saw them, in the direction of travel. */
  readonly missingAt: Role
  readonly after?: readonly Role[]
  /** A router's host is come to and left by the same NIC. */
  readonly isBetweenHosts?: true
  /** null: it does not apply to this path after all. */
  readonly reason: (path: Path, missing: PathHop) => LossReason | null
}

/** Above each row what docs/reference/faults.md calls it. */
const places: readonly LossPlace[] = [
  // Underlay/firewall 4789
  { missingAt: 'nic', after: ['nic'], isBetweenHosts: true, reason: lostOnTheWire },
  // Missing VXLAN peer, local
  {
    missingAt: 'nic',
    after: ['br-tun', 'underlay-bridge'],
    reason: (path, missing) => ({ code: 'no-way-to-vtep', params: { vteps: vtepsOf(path, missing), by: 'openvswitch' } }),
  },
  // Missing VXLAN peer, remote
  { missingAt: 'br-tun', after: ['nic', 'underlay-bridge'], reason: () => ({ code: 'no-tunnel-port-takes', params: {} }) },
  // Trunk subport dead
  { missingAt: 'trunk-patch', after: ['tap', 'qvb', 'qvo', 'trunk-bridge'], reason: lostInTrunk },
  { missingAt: 'br-int', after: ['tap', 'qvb', 'qvo', 'trunk-bridge'], reason: lostInTrunk },
  { missingAt: 'tap-vlan', after: ['tap'], reason: () => ({ code: 'no-tap-vlan', params: {} }) },
  // MAC spoof
  { missingAt: 'brq', after: ['tap', 'tap-vlan'], reason: () => ({ code: 'ebtables-drops', params: {} }) },
  // Missing VXLAN peer, local
  {
    missingAt: 'nic',
    after: ['vxlan-device'],
    reason: (path, missing) => ({ code: 'no-way-to-vtep', params: { vteps: vtepsOf(path, missing), by: 'kernel' } }),
  },
  // Missing VXLAN peer, remote
  { missingAt: 'vxlan-device', after: ['nic'], reason: () => ({ code: 'no-vxlan-device-takes', params: {} }) },
  // Provider drop in
  { missingAt: 'vlan-device', after: ['nic'], reason: (path) => ({ code: 'no-vlan-device-takes', params: { vlan: path.segmentationId } }) },
  // SG drop out
  { missingAt: 'qvo', after: ['tap', 'qvb'], reason: () => ({ code: 'qbr-holds-back', params: { direction: 'egress' } }) },
  { missingAt: 'qvb', after: ['tap'], reason: () => ({ code: 'qbr-holds-back', params: { direction: 'egress' } }) },
  // SG drop in
  { missingAt: 'tap', after: ['qvo', 'qvb'], reason: () => ({ code: 'qbr-holds-back', params: { direction: 'ingress' } }) },
  // A router that holds them back: no route, a rule, or nobody who answers its ARP
  {
    missingAt: 'router-port',
    after: ['router-port'],
    reason: (_, { place: { netns } }) => ({ code: 'router-holds-back', params: { netns } }),
  },
  // Wrong local tag
  { missingAt: 'router-port', reason: () => ({ code: 'br-int-does-not-deliver', params: {} }) },
  { missingAt: 'qvo', reason: () => ({ code: 'br-int-does-not-deliver', params: {} }) },
  { missingAt: 'dhcp', reason: () => ({ code: 'br-int-does-not-deliver', params: {} }) },
]

/** null where the table knows nothing about packets that vanish between these two hops. */
export function placeReason(path: Path, lastGood: PathHop, missing: PathHop): LossReason | null {
  const isSameHost = lastGood.place.hostId === missing.place.hostId
  const place = places.find(
    ({ missingAt, after, isBetweenHosts }) =>
      missingAt === missing.role && (after?.includes(lastGood.role) ?? true) && !(isBetweenHosts && isSameHost),
  )
  return place ? place.reason(path, missing) : null
}

/** A VM without a trunk has none to lose them in; one whose port is in place loses them to something else there. */
function lostInTrunk({ forth: { hops } }: Path, { place: { hostId } }: PathHop): LossReason | null {
  const here = hops.filter((hop) => hop.place.hostId === hostId)
  if (!here.some(({ role }) => role === 'trunk-bridge')) return { code: 'ovs-does-not-take', params: {} }
  const isInPlace = here.filter(({ role }) => role === 'trunk-patch').every(({ host }) => host === 'agrees')
  return { code: isInPlace ? 'trunk-takes-elsewhere' : 'trunk-has-no-port', params: {} }
}

/** On a path through a router each stretch has a wire of its own. */
function lostOnTheWire(path: Path, missing: PathHop): LossReason {
  const wire = wireNear(path, missing)?.encapsulation
  const isTunnelled = isRouted(path) ? wire?.kind === 'vxlan' : path.networkType === 'vxlan'
  if (isTunnelled) return { code: 'underlay-loses', params: { vteps: vtepsOf(path, missing) } }
  const vlan = isRouted(path) ? (wire?.kind === 'dot1q' ? wire.vlanId : null) : path.networkType === 'vlan' ? path.segmentationId : null
  return { code: 'wire-does-not-pass', params: { vlan } }
}

function vtepsOf(path: Path, missing: PathHop) {
  const wire = wireNear(path, missing)?.encapsulation
  return wire?.kind === 'vxlan' ? { source: wire.source, destination: wire.destination } : null
}

function wireNear(path: Path, missing: PathHop): PathHop | undefined {
  const hops = measuredHops(path)
  const distance = (wire: PathHop) => Math.abs(hops.indexOf(wire) - hops.indexOf(missing))
  return hops.filter(({ role }) => role === 'wire').sort((left, right) => distance(left) - distance(right))[0]
}
