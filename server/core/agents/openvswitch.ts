// Neutron's Open vSwitch agent.

import type { AgentTraits } from './traits'

export const openvswitchTraits: AgentTraits = {
  tools: ['ovs-vsctl', 'ovs-ofctl', 'ovs-appctl', 'ethtool'],
  hasLocalVlans: true,
  hasProviderBridges: true,
  hasZonePerNetwork: false,
  usesOpenvswitch: true,
  // The userspace datapath sends tunnels only through a bridge.
  hasUnderlayBridge: ({ datapathType }) => datapathType === 'netdev',
  // The NIC would have to move to another bridge under the running guest.
  canTrunkRunningPort: false,
  plugKind: 'ovsPorts',
  isPlugInVm: false,
  filtersSubPorts: false,
  canDistributeRouters: true,
}
