// intent → the desired HostState of every prepared host. Pure: every choice (local VLAN, MAC, address) was made and stored
// before; nothing here depends on what a host has. One file per feature, each returning a fragment.

import { emptyHostState, mergeHostStates, type HostState } from '../host/host-state'
import type { Topology } from '../topology/topology'
import { compileAntiSpoofing } from './anti-spoofing'
import { compileDhcp } from './dhcp'
import { compileHybridPlug } from './hybrid-plug'
import { compileIntegrationBridge } from './integration-bridge'
import { compileLinuxBridge } from './linuxbridge/host'
import { compileNestedUplink } from './nested-uplink'
import { compileProviderBridges } from './provider-bridge'
import { compileProviderNetwork } from './provider-network'
import { compileRestoreUnit } from './restore-unit'
import { hostScope, isLinuxBridge, type HostScope } from './scope'
import { compileTrunk, integrationDevice } from './trunk'
import { compileTunnelBridge } from './tunnel-bridge'
import { compileUnderlay } from './underlay'
import { compileVm } from './vm'
import { compileVxlanNetwork } from './vxlan-network'

/** Desired state per host id, for every host of the topology; empty for hosts that are only registered. */
export function compile(topology: Topology): ReadonlyMap<string, HostState> {
  return new Map(topology.hosts.map((host) => [host.id, compileHost(topology, host.id)]))
}

export function compileHost(topology: Topology, hostId: string): HostState {
  const scope = hostScope(topology, hostId)
  if (!scope.host.isPrepared) return emptyHostState
  const state = mergeHostStates([
    isLinuxBridge(scope) ? compileLinuxBridge(scope) : compileOpenVswitch(scope),
    ...scope.dhcpPorts.map((port) => compileDhcp(scope, port)),
    ...scope.vms.map((vm) => compileVm(scope, vm)),
  ])
  return { ...state, ...compileRestoreUnit(scope, state) }
}

function compileOpenVswitch(scope: HostScope): HostState {
  return mergeHostStates([
    compileIntegrationBridge(scope),
    compileUnderlay(scope),
    compileTunnelBridge(scope),
    compileProviderBridges(scope),
    ...scope.networks.map((network) =>
      network.type === 'vxlan' ? compileVxlanNetwork(scope, network) : compileProviderNetwork(scope, network),
    ),
    ...scope.vmPorts.map((port) => compileHybridPlug(scope, port)),
    ...scope.trunks.map((trunk) => compileTrunk(scope, trunk)),
    ...[...scope.vmPorts, ...scope.subPorts].map((port) => compileAntiSpoofing(scope, port, integrationDevice(scope, port))),
    ...scope.nestedUplinks.map((uplink) => compileNestedUplink(scope, uplink)),
  ])
}
