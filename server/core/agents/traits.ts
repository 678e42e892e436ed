// What a design and a plan may take for granted of a host, by the agent whose wiring it has. How it is wired is in compile, in a folder per agent.

import type { Host } from '../topology/kinds/host/host'

export type AgentTool = 'ovs-vsctl' | 'ovs-ofctl' | 'ovs-appctl' | 'ethtool' | 'bridge' | 'ebtables-nft-restore'

export interface AgentTraits {
  /** Programs that its wiring is made and read with, beside those that every host needs. */
  readonly tools: readonly AgentTool[]
  /** Its networks are told apart inside a bridge of its own, by a VLAN id that means nothing elsewhere. */
  readonly hasLocalVlans: boolean
  /** A physical network comes in by a bridge between the NIC and the host's own; where not, by the NIC alone. */
  readonly hasProviderBridges: boolean
  /** Connections of all ports of a network are tracked in one zone, which is the network's; elsewhere each port has its own. */
  readonly hasZonePerNetwork: boolean
  /** Open vSwitch must answer; elsewhere it may lie idle. */
  readonly usesOpenvswitch: boolean
  /** The tunnel NIC is a port of a bridge named after it. */
  readonly hasUnderlayBridge: (host: Pick<Host, 'datapathType'>) => boolean
  /** A port whose VM runs can become the parent of a trunk. */
  readonly canTrunkRunningPort: boolean
  /** Which new resource of the host means that a port is plugged anew. */
  readonly plugKind: 'ovsPorts' | 'links'
  /** A port is no more than a NIC of its VM: it is new with the VM. */
  readonly isPlugInVm: boolean
  /** Security groups see the frames of a trunk's subports; where not, they are tagged and pass iptables by. */
  readonly filtersSubPorts: boolean
  /** A router may stand on it and on others at once. */
  readonly canDistributeRouters: boolean
}
