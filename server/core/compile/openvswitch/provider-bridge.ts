// Provider bridges: br-<nic> holding the NIC, patched to br-int. Both sides drop by default (docs/reference/provider-bridge.md),
// so nothing crosses until a network is wired, and br-int between two physical bridges cannot loop.

import { type HostState, mergeHostStates } from '../../host/host-state'
import { INTEGRATION_BRIDGE, intPatchName, phyPatchName, type Owner } from '../../naming'
import type { BridgeMapping } from '../../topology/kinds/host/host'
import { flowWriter, goto, INT, PHY } from './flows'
import { ovsPort, patchPort, secureBridge } from './integration-bridge'
import { providerNetworks } from '../routed-networks'
import type { HostScope } from '../scope'
import { requiredNic } from '../underlay'

export function compileProviderBridges(scope: HostScope): Partial<HostState> {
  return mergeHostStates(scope.host.bridgeMappings.map((mapping) => providerBridge(scope, mapping)))
}

function providerBridge(scope: HostScope, mapping: BridgeMapping): Partial<HostState> {
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const { bridge, nic } = mapping
  const [intPatch, phyPatch] = [intPatchName(bridge), phyPatchName(bridge)]
  const isRouted = providerNetworks(scope, mapping.physicalNetworkId).length > 0
  const outside = flowWriter(scope, bridge, owner)
  const inside = flowWriter(scope, INTEGRATION_BRIDGE, owner)
  return {
    links: [requiredNic(nic)],
    ovsBridges: [secureBridge(bridge, owner, scope)],
    ovsPorts: [
      ovsPort(bridge, nic, owner, { type: '', options: {}, externalIds: {} }),
      patchPort(bridge, phyPatch, intPatch, owner),
      patchPort(INTEGRATION_BRIDGE, intPatch, phyPatch, owner),
    ],
    flows: [
      outside({ table: 0, priority: 2, match: `in_port=${phyPatch}`, actions: isRouted ? goto(PHY.routed) : 'drop' }),
      outside({ table: 0, priority: 0, actions: 'NORMAL' }),
      inside({ table: INT.local, priority: 2, match: `in_port=${intPatch}`, actions: 'drop' }),
    ],
  }
}
