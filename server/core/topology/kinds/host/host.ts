// A host, as far as the design goes: what runs there, in which wiring, and its ways to the physical networks.

import type { VirtType } from '../vm/vm'

/** What a host is for. A gateway is a member of a gateway cluster and nothing else. */
export const hostRoles = ['compute', 'network', 'gateway'] as const
export type HostRole = (typeof hostRoles)[number]

/** Which Neutron agent's wiring the host gets: br-int and its flows, or a Linux bridge per network. */
export type AgentKind = 'openvswitch' | 'linuxbridge'

/** `system` is the kernel module, `netdev` the userspace datapath; found by the probe, never assumed. */
export type DatapathType = 'system' | 'netdev'

/** On a Linux bridge host, Neutron's physical_interface_mappings: each network makes its own bridge, so none is named. */
export interface BridgeMapping {
  readonly physicalNetworkId: string
  /** Provider bridge, for example br-ens38; '' on a Linux bridge host. */
  readonly bridge: string
  /** NIC that becomes a port of the bridge (of the flat network's, on a Linux bridge host). It must not carry an address. */
  readonly nic: string
}

export interface Tunnel {
  /** VTEP address (local_ip). */
  readonly address: string
  readonly prefixLength: number
  /** NIC towards the other VTEPs. */
  readonly nic: string
  /** Router of the underlay, to VTEPs in other subnets and to gateway clusters. Absent: the host's own routes lead there. */
  readonly gatewayIp?: string
}

export interface Host {
  readonly id: string
  /** Short host name, as in Neutron's binding:host_id. */
  readonly name: string
  readonly roles: readonly HostRole[]
  readonly availabilityZone: string
  readonly agentKind: AgentKind
  readonly datapathType: DatapathType
  /** For VMs made from now on; `auto` takes KVM where the host has it. Each VM keeps what was settled when it was made or came here. */
  readonly virtType: VirtType | 'auto'
  /** KVM can be used here; found by the probe, never assumed. */
  readonly hasKvm: boolean
  /** The operator wants this host's bridges built. A host that is only registered is looked at, never changed. */
  readonly isPrepared: boolean
  /** Nothing is ever changed here, for example because a Neutron agent runs on it. */
  readonly isReadOnly: boolean
  /** The operator wants changes although a Neutron agent runs here; without it, an agent blocks every plan of the host. */
  readonly isAgentAccepted: boolean
  /** Ids under which this machine was registered before, here or in another console: what carries their marks is ours. */
  readonly adoptedHostIds: readonly string[]
  /** After a restart the host rebuilds by itself what the last apply left behind; no console is needed. */
  readonly hasRestoreUnit: boolean
  /** VMs, DHCP servers and routers may come here. Where not, VMs stay and network services go elsewhere (Neutron's admin state of an agent, Nova's disabled service). */
  readonly isSchedulable: boolean
  /** Plans set bridge-nf-call-iptables and -ip6tables here. Asked for, since it makes iptables look at the frames of all bridges of the host. */
  readonly hasBridgeNetfilter: boolean
  readonly tunnel: Tunnel | null
  readonly bridgeMappings: readonly BridgeMapping[]
  /** One per host, base fa:16:3f (docs/reference/names-and-ids.md). */
  readonly dvrMac: string
  /**
   * The VM of this design that the host is, when it is a host of an inner cloud (docs/reference/nested-uplinks.md). Absent for a machine.
   */
  readonly vmId?: string
}
