// The bridge of one network and its way out: the NIC itself (flat), a VLAN interface on it (vlan), or a VXLAN device (vxlan).

import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import type { Sysctl } from '../../host/sysctl'
import { brqName, vlanDeviceName, vxlanDeviceName, type Owner } from '../../naming'
import { invariant } from '../../invariant'
import type { BridgeMapping } from '../../topology/kinds/host/host'
import type { Network } from '../../topology/kinds/network/network'
import { bridgeSysctls } from '../bridge-sysctls'
import type { HostScope } from '../scope'

/** IANA's port for VXLAN, and Open vSwitch's default. */
const VXLAN_PORT = 4789
/** Hundredths of a second: 300 s, the kernel's default and Neutron's. */
const AGEING_TIME = 30_000

export function compileBridge(scope: HostScope, network: Network): Partial<HostState> {
  const bridge = brqName(network.id)
  const uplink = uplinkDevice(scope, network)
  return {
    links: [networkBridge(scope, network, bridge), ...(uplink ? [uplink] : [])],
    sysctls: [...bridgeSysctls(bridge), ...(uplink ? [withoutIpv6(uplink.name)] : [])],
  }
}

export const withoutIpv6 = (device: string): Sysctl => ({ netns: '', key: `net/ipv6/conf/${device}/disable_ipv6`, value: '1' })

function networkBridge(scope: HostScope, network: Network, name: string): Link {
  return {
    netns: '',
    name,
    type: 'bridge',
    owner: { kind: 'network', id: network.id },
    isUp: true,
    mtu: network.mtu,
    bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: AGEING_TIME },
    uplink: network.type === 'flat' ? (mappingOf(scope, network)?.nic ?? null) : null,
  }
}

/** The rules refuse to place a port where its physical network is not mapped; a mapping may have gone since. */
const mappingOf = ({ host }: HostScope, network: Network): BridgeMapping | undefined =>
  host.bridgeMappings.find((mapping) => mapping.physicalNetworkId === network.physicalNetworkId)

function uplinkDevice(scope: HostScope, network: Network): Link | null {
  if (network.type === 'flat') return null
  invariant(network.segmentationId !== null, `network ${network.id} has no segmentation id`)
  const owner: Owner = { kind: 'network', id: network.id }
  const common = { netns: '', owner, isUp: true, mtu: network.mtu, master: brqName(network.id) } as const
  const id = network.segmentationId
  if (network.type === 'vlan') {
    const nic = mappingOf(scope, network)?.nic
    return nic === undefined ? null : { ...common, type: 'vlan', name: vlanDeviceName(nic, id), vlan: { lower: nic, id } }
  }
  const { tunnel } = scope.host
  return (
    tunnel && {
      ...common,
      type: 'vxlan',
      name: vxlanDeviceName(id),
      vxlan: { vni: id, local: tunnel.address, port: VXLAN_PORT, lower: tunnel.nic },
    }
  )
}
