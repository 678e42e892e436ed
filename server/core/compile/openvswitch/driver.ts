// A host with the wiring of Neutron's Open vSwitch agent: br-int with local VLANs, br-tun, provider bridges, and the
// hybrid plug of each VM port.

import { mergeHostStates } from '../../host/host-state'
import { qbrName, tapName } from '../../naming'
import type { AgentDriver } from '../agent-driver'
import { compileAntiSpoofing } from './anti-spoofing'
import { compileHybridPlug } from './hybrid-plug'
import { compileIntegrationBridge } from './integration-bridge'
import { compileInternalPort } from './internal-port'
import { compileNestedUplink, uplinkInterface } from './nested-uplink'
import { compileProviderBridges } from './provider-bridge'
import { compileProviderNetwork } from './provider-network'
import { compileTrunk, integrationDevice } from './trunk'
import { compileTunnelBridge } from './tunnel-bridge'
import { compileUnderlay } from './underlay'
import { compileVxlanNetwork } from './vxlan-network'

export const openvswitchDriver: AgentDriver = {
  compileWiring: (scope) =>
    mergeHostStates([
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
    ]),
  dhcpDevice: (port) => tapName(port.id),
  plugInside: compileInternalPort,
  vmBridge: (port) => qbrName(port.id),
  otherNics: (scope, vm) => scope.nestedUplinks.filter((uplink) => uplink.vmId === vm.id).map((uplink) => uplinkInterface(scope, uplink)),
}
