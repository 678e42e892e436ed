// A host with the wiring of Neutron's Linux bridge agent (2024.1, docs/reference/linux-bridge.md): a bridge per network with the VMs' taps
// and one way out, VLAN interfaces on the taps of trunk parents, filters in the bridges. No Open vSwitch, no local VLANs.

import { mergeHostStates, type HostState } from '../../host/host-state'
import { brqName, nsName } from '../../naming'
import type { AgentDriver } from '../agent-driver'
import { pluggedTap } from '../plugged-tap'
import { remotePorts } from '../remote-ports'
import type { HostScope } from '../scope'
import { requiredNic, vtepOnNic } from '../underlay'
import { routesBeyond } from '../underlay-routes'
import { compileBridge } from './bridge'
import { compileFilter } from './filter'
import { compileSubPort } from './sub-port'
import { compileVethPlug } from './veth-plug'
import { compileVxlanForwarding } from './vxlan-forwarding'

export const linuxbridgeDriver: AgentDriver = {
  compileWiring: (scope) => [scope.piece('wiring', null, () => compileAll(scope))],
  dhcpDevice: (port) => nsName(port.id),
  plugInside: (_, port, network, place) => compileVethPlug(port, network, place),
  vmBridge: (port) => brqName(port.networkId),
  filteredPorts: ({ vmPorts, subPorts }) => [...vmPorts, ...subPorts],
  // One bridge for all ports of a network: which of them a packet goes to is known only behind it.
  trackedBy: (scope, { networkId }) => ({ zone: scope.network(networkId).conntrackZone, matches: [`-i ${brqName(networkId)}`] }),
  // An uplink is plugged into a provider bridge, and there is none.
  otherNics: () => [],
}

const compileAll = (scope: HostScope): HostState =>
  mergeHostStates([
    scope.host.tunnel ? vtepOnNic(scope.host.tunnel) : {},
    mappedNics(scope),
    { routes: routesBeyond(scope.host, peerAddresses(scope)) },
    ...scope.networks.map((network) => compileBridge(scope, network)),
    ...scope.networks.filter(({ type }) => type === 'vxlan').map((network) => compileVxlanForwarding(scope, network)),
    { links: scope.vmPorts.map((port) => pluggedTap(port.id, brqName(port.networkId), scope.network(port.networkId).mtu)) },
    ...scope.trunks.flatMap((trunk) => trunk.subPorts.map((subPort) => compileSubPort(scope, trunk, subPort))),
    compileFilter(scope),
  ])

const peerAddresses = (scope: HostScope): string[] =>
  scope.networks.filter(({ type }) => type === 'vxlan').flatMap(({ id }) => remotePorts(scope, id).map(({ host }) => host.tunnel.address))

/** Untagged frames of a NIC belong to the flat network of its physical network, if that one is here. */
function mappedNics(scope: HostScope): Partial<HostState> {
  const links = scope.host.bridgeMappings.map(({ nic, physicalNetworkId }) => {
    const flat = scope.networks.find((network) => network.type === 'flat' && network.physicalNetworkId === physicalNetworkId)
    return { ...requiredNic(nic), ...(flat && { master: brqName(flat.id) }) }
  })
  return { links }
}
