// Hybrid plug of a VM port, as os-vif does it (docs/reference/hybrid-plug.md): qbr with the VM's tap, a veth pair qvb ═ qvo, qvo on br-int
// with the network's local VLAN and Neutron's external_ids; on the trunk's bridge and untagged where the port is a parent.

import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { DEAD_VLAN, type OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE, qbrName, qvbName, qvoName, trunkBridgeName, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { trunkOfParent } from '../../topology/lookup'
import { ovsPort } from './integration-bridge'
import { bridgeSysctls } from '../bridge-sysctls'
import { pluggedTap } from '../plugged-tap'
import { isDead, type HostScope } from '../scope'
import { trunkIds } from './trunk-ids'

export function compileHybridPlug(scope: HostScope, port: Port): Partial<HostState> {
  const network = scope.network(port.networkId)
  return {
    links: plugLinks(scope, port, network),
    sysctls: bridgeSysctls(qbrName(port.id)),
    ovsPorts: [vifPort(scope, port, network)],
  }
}

function plugLinks(scope: HostScope, port: Port, network: Network): Link[] {
  const owner: Owner = { kind: 'port', id: port.id }
  const [qbr, qvb, qvo] = [qbrName(port.id), qvbName(port.id), qvoName(port.id)]
  const end = { netns: '', type: 'veth', owner, isUp: true, mtu: network.mtu, isPromiscuous: true } as const
  // The userspace datapath reads qvo as a raw socket and would see checksums that nobody filled in.
  const offload = scope.host.datapathType === 'netdev' ? { hasTxChecksumOffload: false } : {}
  return [
    plugBridge(qbr, owner, network.mtu),
    { ...end, ...offload, name: qvb, master: qbr, peer: { netns: '', name: qvo } },
    { ...end, name: qvo, peer: { netns: '', name: qvb } },
    pluggedTap(port.id, qbr, network.mtu),
  ]
}

/** Linux bridge between a tap and a veth. Ageing 0 makes it a hub: nothing is lost after a live migration (os-vif). */
export const plugBridge = (name: string, owner: Owner, mtu: number): Link => ({
  netns: '',
  name,
  type: 'bridge',
  owner,
  isUp: true,
  mtu,
  bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 },
})

function vifPort(scope: HostScope, port: Port, network: Network): OvsPort {
  const trunk = trunkOfParent(scope.trunks, port.id)
  const externalIds = {
    'iface-id': port.id,
    'iface-status': 'active',
    'attached-mac': port.macAddress,
    'vm-uuid': port.deviceId,
    ...(trunk && trunkIds(trunk)),
  }
  const bridge = trunk ? trunkBridgeName(trunk.id) : INTEGRATION_BRIDGE
  const vif = ovsPort(bridge, qvoName(port.id), { kind: 'port', id: port.id }, { type: '', options: {}, externalIds })
  return trunk ? vif : { ...vif, ...wiring(scope, port, network) }
}

/** What makes a port on br-int part of its network: the local VLAN, or the dead one. */
export function wiring(scope: HostScope, port: Port, network: Network): Pick<OvsPort, 'tag' | 'otherConfig'> {
  const tag = isDead(port, network) ? DEAD_VLAN : scope.localVlan(network.id)
  return { tag, otherConfig: portOtherConfig(scope, network, tag) }
}

/** What the agent writes beside the tag, and restores its local VLANs from. */
function portOtherConfig(scope: HostScope, network: Network, tag: number): Record<string, string> {
  return {
    net_uuid: network.id,
    network_type: network.type,
    physical_network: network.physicalNetworkId ? scope.physicalNetwork(network.physicalNetworkId).name : 'None',
    tag: String(tag),
    ...(network.segmentationId === null ? {} : { segmentation_id: String(network.segmentationId) }),
  }
}
