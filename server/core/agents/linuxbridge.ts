// Neutron's Linux bridge agent.

import type { AgentTraits } from './traits'

export const linuxbridgeTraits: AgentTraits = {
  tools: ['bridge', 'ebtables-nft-restore'],
  hasLocalVlans: false,
  hasProviderBridges: false,
  hasZonePerNetwork: true,
  usesOpenvswitch: false,
  hasUnderlayBridge: () => false,
  // A VLAN interface on the tap is all.
  canTrunkRunningPort: true,
  plugKind: 'links',
  isPlugInVm: true,
  filtersSubPorts: true,
  canDistributeRouters: false,
}
