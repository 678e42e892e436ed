// Distributed routers in flat and VLAN networks (docs/reference/routers.md). What goes out gets its other face on the provider bridge, before the
// local VLAN becomes the wire's; what comes in is told apart on br-int while it still has the wire's VLAN, so these tables match the
// network's own id, or no tag at all, and never the local one.

import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE, intPatchName, phyPatchName, type Owner } from '../../naming'
import type { BridgeMapping } from '../../topology/kinds/host/host'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { distributedInterfaces, gatewayOf, peersIn, providerNetworks } from '../routed-networks'
import type { HostScope } from '../scope'
import { flowWriter, goto, INT, PHY, setSource } from './flows'
import { wireForm } from './provider-network'
import { servedHere } from './served-here'

export function compileDistributedProvider(scope: HostScope): Partial<HostState> {
  const flows = scope.host.bridgeMappings.flatMap((mapping) => {
    const networks = providerNetworks(scope, mapping.physicalNetworkId)
    return networks.length === 0
      ? []
      : [...onBridge(scope, mapping, networks), ...networks.flatMap((network) => inNetwork(scope, mapping, network))]
  })
  return { flows }
}

function onBridge(scope: HostScope, { bridge }: BridgeMapping, networks: readonly Network[]): Flow[] {
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const [int, phy] = [flowWriter(scope, INTEGRATION_BRIDGE, owner), flowWriter(scope, bridge, owner)]
  const patch = phyPatchName(bridge)
  return [
    int({ table: INT.routedProvider, priority: 1, actions: 'drop' }),
    phy({ table: PHY.local, priority: 1, actions: goto(PHY.fromWire) }),
    phy({ table: PHY.routed, priority: 0, actions: goto(PHY.translate) }),
    phy({ table: PHY.translate, priority: 2, match: `in_port=${patch}`, actions: 'drop' }),
    phy({ table: PHY.fromWire, priority: 1, actions: 'NORMAL' }),
    ...peersIn(scope, networks).flatMap(({ dvrMac }) => [
      int({ table: INT.local, priority: 4, match: `in_port=${intPatchName(bridge)},dl_src=${dvrMac}`, actions: goto(INT.routedProvider) }),
      // Straight on, past what the bridge learns.
      phy({ table: PHY.fromWire, priority: 2, match: `dl_src=${dvrMac}`, actions: `output:${patch}` }),
    ]),
  ]
}

function inNetwork(scope: HostScope, { bridge }: BridgeMapping, network: Network): Flow[] {
  const wire = wireForm(network)
  return [
    ...distributedInterfaces(scope, network.id).flatMap((router) =>
      outbound(scope, bridge, router, `dl_vlan=${scope.localVlan(network.id)}`),
    ),
    ...servedHere(scope, network).flatMap(({ port, device }) =>
      inbound(scope, port, device, `in_port=${intPatchName(bridge)},${wire.inboundMatch}`, network.type === 'flat'),
    ),
  ]
}

function outbound(scope: HostScope, bridge: string, { id, macAddress: mac, fixedIps }: Port, vlan: string): Flow[] {
  const flow = flowWriter(scope, bridge, { kind: 'port', id })
  return [
    // Every host has the gateway: whoever asks for it gets its answer at home.
    ...fixedIps.map(({ ipAddress }) =>
      flow({ table: PHY.routed, priority: 3, match: `arp,${vlan},arp_tpa=${ipAddress}`, actions: 'drop' }),
    ),
    flow({ table: PHY.routed, priority: 2, match: `${vlan},dl_dst=${mac}`, actions: 'drop' }),
    flow({
      table: PHY.routed,
      priority: 1,
      match: `${vlan},dl_src=${mac}`,
      actions: `${setSource(scope.host.dvrMac)},${goto(PHY.translate)}`,
    }),
  ]
}

/** `wire`: by the port as well. What a VM sends looks the same before it has its tag, and another wire may have the same VLAN and MAC address. */
function inbound(scope: HostScope, port: Port, device: string, wire: string, isUntagged: boolean): Flow[] {
  const gateway = gatewayOf(scope, port)
  if (!gateway) return []
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, { kind: 'port', id: port.id })
  const match = `${wire},dl_dst=${port.macAddress}`
  return [
    flow({ table: INT.routedProvider, priority: 20, match, actions: `${setSource(gateway.macAddress)},${goto(INT.packetRate)}` }),
    flow({ table: INT.transient, priority: 20, match, actions: `${isUntagged ? '' : 'pop_vlan,'}output:${device}` }),
  ]
}
