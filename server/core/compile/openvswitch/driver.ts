// A host with the wiring of Neutron's Open vSwitch agent: br-int with local VLANs, br-tun, provider bridges, and the
// hybrid plug of each VM port.

import { mergeHostStates } from '../../host/host-state'
import { qbrName, qvbName, tapName } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { portsOfNetwork } from '../../topology/lookup'
import type { AgentDriver } from '../agent-driver'
import type { StatePiece } from '../pieces'
import type { HostScope } from '../scope'
import { compileAntiSpoofing } from './anti-spoofing'
import { compileWaysOut } from '../gateway/way-out'
import { compileDistributedProvider } from './distributed-provider'
import { compileDistributedRouters } from './distributed-router'
import { compileHybridPlug } from './hybrid-plug'
import { compileIntegrationBridge } from './integration-bridge'
import { compileInternalPort } from './internal-port'
import { compileNestedUplink, uplinkInterface } from './nested-uplink'
import { compileProviderBridges } from './provider-bridge'
import { compileProviderNetwork } from './provider-network'
import { compileTaggedFrames } from './tagged-frames'
import { compileTrunk, integrationDevice } from './trunk'
import { compileTunnelBridge } from './tunnel-bridge'
import { compileUnderlay } from './underlay'
import { compileVxlanNetwork } from './vxlan-network'

export const openvswitchDriver: AgentDriver = {
  compileWiring: (scope) => [
    scope.piece('bridges', null, () => compileBridges(scope)),
    ...scope.networks.map((network) => scope.piece('network', network.id, () => compileNetwork(scope, network))),
    ...ofEach(scope, 'plug', scope.vmPorts, (port) => compileHybridPlug(scope, port)),
    scope.piece('trunks', null, () => mergeHostStates(scope.trunks.map((trunk) => compileTrunk(scope, trunk)))),
    ...ofEach(scope, 'spoof', scope.vmPorts, (port) => compileAntiSpoofing(scope, port, integrationDevice(scope, port))),
    ...ofEach(scope, 'spoofBelow', scope.subPorts, (port) => compileAntiSpoofing(scope, port, integrationDevice(scope, port))),
    scope.piece('tags', null, () => compileTaggedFrames(scope)),
    scope.piece('distributedRouters', null, () =>
      mergeHostStates([compileDistributedRouters(scope), compileDistributedProvider(scope), compileWaysOut(scope)]),
    ),
    scope.piece('uplinks', null, () => mergeHostStates(scope.nestedUplinks.map((uplink) => compileNestedUplink(scope, uplink)))),
  ],
  dhcpDevice: (port) => tapName(port.id),
  plugInside: compileInternalPort,
  vmBridge: (port) => qbrName(port.id),
  // Frames of a subport cross qbr with a tag, which iptables does not look behind (docs/reference/trunks.md).
  filteredPorts: ({ vmPorts }) => vmPorts,
  // The bridge has one port that is not the VM's: what comes by it goes there.
  trackedBy: (_, { id, conntrackZone }) => ({
    zone: conntrackZone,
    matches: [`-m physdev --physdev-in ${qvbName(id)}`, `-m physdev --physdev-in ${tapName(id)}`],
  }),
  otherNics: (scope, vm) => scope.nestedUplinks.filter((uplink) => uplink.vmId === vm.id).map((uplink) => uplinkInterface(scope, uplink)),
}

const compileBridges = (scope: HostScope): StatePiece =>
  mergeHostStates([compileIntegrationBridge(scope), compileUnderlay(scope), compileTunnelBridge(scope), compileProviderBridges(scope)])

const compileNetwork = (scope: HostScope, network: Network): StatePiece =>
  network.type === 'vxlan' ? compileVxlanNetwork(scope, network) : compileProviderNetwork(scope, network)

/** Of those ports, network by network. */
const ofEach = (scope: HostScope, feature: string, ports: readonly Port[], compile: (port: Port) => StatePiece): readonly StatePiece[] =>
  scope.networks.map(({ id }) => scope.piece(feature, id, () => mergeHostStates(portsOfNetwork(ports, id).map(compile))))
