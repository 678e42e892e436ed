// The logical model: what the operator asked for, in Neutron's terms. Plain data, JSON all the way, so that a revision is
// a copy of it. Rules over it live in rules/, allocation of ids and addresses in allocate/, host facts in core/host.

export type NetworkType = 'flat' | 'vlan' | 'vxlan'
export type HostRole = 'compute' | 'network'
/** Which Neutron agent's wiring the host gets: br-int and its flows, or a Linux bridge per network. */
export type AgentKind = 'openvswitch' | 'linuxbridge'
/** `system` is the kernel module, `netdev` the userspace datapath; found by the probe, never assumed. */
export type DatapathType = 'system' | 'netdev'
/** How QEMU runs a guest: `kvm` on the processor's virtualisation, `qemu` by emulating the processor (nova: [libvirt] virt_type). */
export type VirtType = 'kvm' | 'qemu'

export interface Project {
  readonly id: string
  readonly name: string
}

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
}

export interface Host {
  readonly id: string
  /** Short host name, as in Neutron's binding:host_id. */
  readonly name: string
  readonly roles: readonly HostRole[]
  readonly availabilityZone: string
  readonly agentKind: AgentKind
  readonly datapathType: DatapathType
  /** For VMs made from now on; `auto` takes KVM where the host has it. Each VM keeps what was settled when it was made. */
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
  readonly tunnel: Tunnel | null
  readonly bridgeMappings: readonly BridgeMapping[]
  /** One per host, base fa:16:3f (reference: DVR identity). */
  readonly dvrMac: string
  /** The VM of this design that the host is, when it is a host of an inner cloud (reference §15). Absent for a machine. */
  readonly vmId?: string
}

export interface PhysicalNetwork {
  readonly id: string
  readonly name: string
  readonly mtu: number
  readonly vlanRanges: readonly { readonly min: number; readonly max: number }[]
  /** The physical network on whose wire this one's frames travel, through nested uplinks. Absent: a wire of its own. */
  readonly carrierId?: string
  /** First three octets of the MAC addresses that are chosen for ports here; absent: Neutron's base_mac. */
  readonly macBase?: string
}

export interface Network {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly type: NetworkType
  /** Set for flat and vlan, null for vxlan. */
  readonly physicalNetworkId: string | null
  /** VLAN id or VNI; null for flat. */
  readonly segmentationId: number | null
  readonly mtu: number
  readonly isAdminStateUp: boolean
}

export interface AllocationPool {
  readonly start: string
  readonly end: string
}

export interface Subnet {
  readonly id: string
  readonly networkId: string
  readonly name: string
  readonly cidr: string
  readonly gatewayIp: string | null
  readonly isDhcpEnabled: boolean
  readonly dnsNameservers: readonly string[]
  readonly allocationPools: readonly AllocationPool[]
}

/** Neutron's device_owner; '' is a port that nothing uses yet. */
export type DeviceOwner = '' | 'compute:nova' | 'network:dhcp' | 'trunk:subport' | RouterOwner

/** Of a router's ports, which no design has: they are found on hosts that somebody else wires. */
export type RouterOwner = 'network:router_interface' | 'network:router_interface_distributed' | 'network:router_gateway'

export interface Port {
  readonly id: string
  readonly networkId: string
  readonly name: string
  readonly macAddress: string
  readonly fixedIps: readonly { readonly subnetId: string; readonly ipAddress: string }[]
  /** binding:host_id */
  readonly hostId: string | null
  /** Where a port without one host of its own stands (Neutron's distributed binding). */
  readonly distributedOn?: readonly string[]
  readonly deviceOwner: DeviceOwner
  /** VM id, dhcp<…>-<network id>, or router id. */
  readonly deviceId: string
  readonly isAdminStateUp: boolean
  readonly isPortSecurityEnabled: boolean
}

/** A disk beside kernel and initrd; read-only, it may serve several VMs. */
export interface VmDisk {
  readonly path: string
  readonly format: 'qcow2' | 'raw'
  readonly isReadOnly: boolean
}

export type VmBoot =
  | { readonly kind: 'kernel'; readonly kernel: string; readonly initrd: string; readonly cmdline: string; readonly disk?: VmDisk }
  | { readonly kind: 'disk'; readonly path: string; readonly format: 'qcow2' | 'raw' }

export interface Vm {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly hostId: string
  readonly memoryMib: number
  readonly vcpus: number
  /** Settled when the VM is made, so that no later reading of the host defines it anew. */
  readonly virtType: VirtType
  readonly boot: VmBoot
  /** NIC order in the guest: eth0, eth1, … */
  readonly portIds: readonly string[]
  /** Those of them that were there before the VM: they stay when it goes. Absent when there is none. */
  readonly keptPortIds?: readonly string[]
}

/** `inherit` is settled when a subport is added, so it is never stored. */
export interface SubPort {
  readonly portId: string
  readonly segmentationType: 'vlan'
  /** VLAN id in the guest; unrelated to the network's own id and to any local VLAN. */
  readonly segmentationId: number
}

export interface Trunk {
  readonly id: string
  readonly projectId: string
  readonly name: string
  /** The parent: the port of the VM's NIC. Its own frames are untagged. */
  readonly portId: string
  /** By segmentation id. */
  readonly subPorts: readonly SubPort[]
  /** Down keeps subports and the trunk itself from being changed; it does not stop traffic (Neutron). */
  readonly isAdminStateUp: boolean
  readonly revisionNumber: number
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * A second NIC of a VM that leads past br-int straight onto a provider bridge of its host, as the wire of an inner cloud
 * (VLAN in VLAN, reference §15). Its host is the VM's.
 */
export interface NestedUplink {
  readonly id: string
  readonly vmId: string
  /** Whose provider bridge it is plugged into. */
  readonly physicalNetworkId: string
  /** Tells the uplinks of one host apart, and makes their device names; from 1. */
  readonly number: number
  readonly macAddress: string
}

/** Local VLAN of a network on one host: chosen by us, stored before anything runs, unrelated to VLAN id or VNI. */
export interface LocalVlan {
  readonly hostId: string
  readonly networkId: string
  readonly vlan: number
}

export interface Topology {
  readonly projects: readonly Project[]
  readonly hosts: readonly Host[]
  readonly physicalNetworks: readonly PhysicalNetwork[]
  readonly networks: readonly Network[]
  readonly subnets: readonly Subnet[]
  readonly ports: readonly Port[]
  readonly vms: readonly Vm[]
  readonly trunks: readonly Trunk[]
  readonly nestedUplinks: readonly NestedUplink[]
  readonly localVlans: readonly LocalVlan[]
}

export const emptyTopology: Topology = {
  projects: [],
  hosts: [],
  physicalNetworks: [],
  networks: [],
  subnets: [],
  ports: [],
  vms: [],
  trunks: [],
  nestedUplinks: [],
  localVlans: [],
}

/** A copy from a time when the model had fewer lists and fields. */
export function completeTopology(stored: Partial<Topology>): Topology {
  const complete = { ...emptyTopology, ...stored }
  return {
    ...complete,
    hosts: complete.hosts.map((host) => ({ ...EARLIER_HOST, ...host })),
    vms: complete.vms.map((vm) => ({ ...EARLIER_VM, ...vm })),
  }
}

/** Before there was a choice, every guest was emulated. */
const EARLIER_HOST = { virtType: 'auto', hasKvm: false, isAgentAccepted: false, adoptedHostIds: [], hasRestoreUnit: false } as const
const EARLIER_VM = { virtType: 'qemu' } as const
