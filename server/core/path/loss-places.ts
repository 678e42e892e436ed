// Between which two hops packets are lost says much about the reason, even where no counter and no finding does: the rows
// are the signatures of reference §18, read from the last hop that saw a packet to the first that did not.

import type { Lane, Path, PathHop } from './path'

interface Place {
  /** Row of reference §18. */
  readonly signature: string
  /** Lanes of the hop where packets are missing and of the last one that saw them, in the direction of travel. */
  readonly missingAt: Lane
  readonly after?: readonly Lane[]
  readonly reason: (path: Path) => string
}

const places: readonly Place[] = [
  { signature: 'Underlay/firewall 4789', missingAt: 'nic', after: ['nic'], reason: lostOnTheWire },
  { signature: 'Missing VXLAN peer, local', missingAt: 'nic', after: ['br-tun', 'underlay-bridge'], reason: (path) => `Open vSwitch found no way to the other VTEP (${vtepPair(path)}): no route, or nobody answers ARP for it` },
  { signature: 'Missing VXLAN peer, remote', missingAt: 'br-tun', after: ['nic', 'underlay-bridge'], reason: () => 'no tunnel port takes frames with these outer addresses, or a firewall on the host drops UDP 4789' },
  { signature: 'Trunk subport dead', missingAt: 'trunk-patch', after: ['tap', 'qvb', 'qvo', 'trunk-bridge'], reason: () => 'no port of the trunk bridge carries the VLAN id that the guest uses' },
  { signature: 'Trunk subport dead', missingAt: 'br-int', after: ['tap', 'qvb', 'qvo', 'trunk-bridge'], reason: () => 'no port of the trunk bridge carries the VLAN id that the guest uses' },
  { signature: 'Trunk subport dead', missingAt: 'tap-vlan', after: ['tap'], reason: () => 'no VLAN interface on the tap carries the VLAN id that the guest uses' },
  { signature: 'MAC spoof', missingAt: 'brq', after: ['tap', 'tap-vlan'], reason: () => 'the filter of the port (ebtables) drops them: the guest uses another MAC or address than the port has' },
  { signature: 'Missing VXLAN peer, local', missingAt: 'nic', after: ['vxlan-device'], reason: (path) => `the kernel found no way to the other VTEP (${vtepPair(path)}): no forwarding entry, no route, or nobody answers ARP for it` },
  { signature: 'Missing VXLAN peer, remote', missingAt: 'vxlan-device', after: ['nic'], reason: () => 'no VXLAN device takes frames with this VNI and this address, or a firewall on the host drops UDP 4789' },
  { signature: 'Provider drop in', missingAt: 'vlan-device', after: ['nic'], reason: (path) => `no VLAN interface takes VLAN ${path.segmentationId} off the NIC` },
  { signature: 'SG drop out', missingAt: 'qvo', after: ['tap', 'qvb'], reason: () => 'qbr or iptables on it (security group, egress) holds them back' },
  { signature: 'SG drop out', missingAt: 'qvb', after: ['tap'], reason: () => 'qbr or iptables on it (security group, egress) holds them back' },
  { signature: 'SG drop in', missingAt: 'tap', after: ['qvo', 'qvb'], reason: () => 'qbr or iptables on it (security group, ingress) holds them back' },
  { signature: 'Wrong local tag', missingAt: 'qvo', reason: () => 'br-int does not deliver them to this port: its tag or the learned MAC differs' },
  { signature: 'Wrong local tag', missingAt: 'dhcp', reason: () => 'br-int does not deliver them to this port: its tag or the learned MAC differs' },
]

/** null where the table knows nothing about packets that vanish between these two hops. */
export function placeReason(path: Path, lastGood: PathHop, missing: PathHop): string | null {
  const place = places.find(({ missingAt, after }) => missingAt === missing.lane && (after?.includes(lastGood.lane) ?? true))
  return place ? place.reason(path) : null
}

function lostOnTheWire(path: Path): string {
  if (path.networkType === 'vxlan') return `the network between the hosts loses UDP 4789 (${vtepPair(path)}): firewall, route or MTU`
  const frames = path.networkType === 'vlan' ? `VLAN ${path.segmentationId}` : 'untagged frames'
  return `the switch between the hosts does not pass ${frames}`
}

function vtepPair({ hops }: Path): string {
  const wire = hops.find(({ lane }) => lane === 'wire')?.encapsulation
  return wire?.kind === 'vxlan' ? `${wire.source} → ${wire.destination}` : 'VTEP to VTEP'
}
