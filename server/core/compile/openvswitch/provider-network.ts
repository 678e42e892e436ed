// One flat or VLAN network on one host. Outbound translation sits on the provider bridge, inbound on br-int
// (docs/reference/provider-bridge.md).

import type { HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { INTEGRATION_BRIDGE, intPatchName, phyPatchName, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import { flowWriter, goto, INT, PHY, pushVlan, setVlan } from './flows'
import { hasDistributedRouter } from '../routed-networks'
import type { HostScope } from '../scope'

export function compileProviderNetwork(scope: HostScope, network: Network): Partial<HostState> {
  const mapping = scope.host.bridgeMappings.find((entry) => entry.physicalNetworkId === network.physicalNetworkId)
  // The rules refuse to place a port where its physical network is not mapped; a mapping may have gone since.
  if (!mapping) return {}
  const owner: Owner = { kind: 'network', id: network.id }
  const local = scope.localVlan(network.id)
  const outbound = flowWriter(scope, mapping.bridge, owner)
  const inbound = flowWriter(scope, INTEGRATION_BRIDGE, owner)
  const wire = wireForm(network)
  return {
    flows: [
      outbound({
        table: hasDistributedRouter(scope, network.id) ? PHY.translate : PHY.local,
        priority: 4,
        match: `in_port=${phyPatchName(mapping.bridge)},dl_vlan=${local}`,
        actions: `${wire.outboundAction},NORMAL`,
      }),
      inbound({
        table: INT.local,
        priority: 3,
        match: `in_port=${intPatchName(mapping.bridge)},${wire.inboundMatch}`,
        actions: `${wire.inboundAction(local)},${goto(INT.packetRate)}`,
      }),
    ],
  }
}

export interface WireForm {
  readonly outboundAction: string
  readonly inboundMatch: string
  readonly inboundAction: (localVlan: number) => string
}

/** Flat frames travel untagged, VLAN frames with the network's id. */
export function wireForm(network: Network): WireForm {
  if (network.type === 'flat') {
    return { outboundAction: 'pop_vlan', inboundMatch: 'vlan_tci=0x0000/0x1fff', inboundAction: pushVlan }
  }
  invariant(network.segmentationId !== null, `VLAN network ${network.id} has no VLAN id`)
  return {
    outboundAction: setVlan(network.segmentationId),
    inboundMatch: `dl_vlan=${network.segmentationId}`,
    inboundAction: setVlan,
  }
}
