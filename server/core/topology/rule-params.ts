// Every rule of the design by its short name, with the values that its sentence needs (explain/violation.ts). Names of rules are stable:
// tests, docs and the API refer to them. Where one rule is broken in several ways, the values say in which.

import type { LintFinding, LintParams } from '../lint/lint-params'
import type { AgentKind } from './kinds/host/host'
import type { NetworkType } from './kinds/network/network'
import type { AllocationPool } from './kinds/subnet/subnet'
import type { Kind } from './topology'

export interface VlanRange {
  readonly min: number
  readonly max: number
}
interface Limits {
  least: number
  most: number
}
type Names = readonly string[]

export interface RuleParams
  extends NameRules, HostRules, NetworkRules, SubnetRules, PortRules, VmRules, TrunkRules, UplinkRules, RemovalRules, WireRules {
  'known-object': { kind: Kind }
  /** null: nobody can say what. */
  'changed-meanwhile': { change: { field: string; was: string | null; is: string | null } | null }
  'local-vlan': { vlan: number; isTaken: boolean }
  'local-vlans-exhausted': { host: string; most: number }
}

interface NameRules {
  'name-not-empty': {}
  'name-printable': {}
  'name-length': { most: number; length: number }
  'description-length': { most: number; length: number }
  'name-unique': { kind: Kind; name: string }
  'line-printable': { what: LineText }
  'path-absolute': { what: LineText }
  'device-name': { of: 'nic' | 'bridge' }
  'device-reserved': { nic: string; by: 'console' | 'hosts' }
  /** `madeOfIt`: why it must be shorter than any device. */
  'device-name-length': { most: number; length: number; madeOfIt: string | null }
  'bridge-reserved': { bridge: string; by: 'console' | 'hosts' } | { bridge: string; by: 'tunnel'; nic: string }
  /** `derived` must fit into `within`. */
  'bridge-name-length': { most: number; length: number; derived: string; within: number }
}
export type LineText = 'disk' | 'kernel' | 'initrd' | 'cmdline' | 'description'

interface HostRules {
  'role-required': {}
  'role-unique': {}
  'prefix-length': {}
  'tunnel-address-usable': { address: string; prefixLength: number }
  'vtep-unique': { address: string; host: string }
  'bridge-not-nic': { bridge: string }
  'nic-shared': { nic: string }
  'mapping-unique': { what: 'physicalNetworkId' | 'bridge' | 'nic'; name: string }
  'dvr-mac-unique': { mac: string; host: string }
  'agent-kept': { host: string; agentKind: AgentKind }
  /** `vms`: those that run on it; null where one is about to. */
  'vm-host-compute': { host: string; vms: Names | null }
  'host-in-use': { host: string; ports: Names }
  'adopt-former': { host: string }
  'host-prepared': { host: string }
  'tunnel-address': { host: string; network: string }
  'physical-network-mapped': { host: string; network: string; physicalNetwork: string; by: 'bridge' | 'nic' }
}

interface NetworkRules {
  'mtu-range': Limits
  'mtu-maximum': { most: number; type: NetworkType }
  'mtu-carries-networks': { mtu: number; networks: Names }
  'vlan-range': Limits
  'vlan-range-order': { range: VlanRange }
  'vlan-range-overlap': { earlier: VlanRange; range: VlanRange }
  'physical-network-required': { type: NetworkType }
  'physical-network-forbidden': {}
  'segmentation-id-forbidden': {}
  'segment-fixed': {}
  'vlan-id-range': Limits
  'vni-range': { most: number }
  'flat-unique': { physicalNetwork: string; network: string }
  'vlan-id-unique': { vlan: number | null; physicalNetwork: string; network: string }
  'vni-unique': { vni: number | null; network: string }
  'vlan-ids-exhausted': { physicalNetwork: string; hasRanges: boolean }
  'vnis-exhausted': {}
}

interface SubnetRules {
  'address-form': { of: 'tunnel' | 'port' | 'gateway' | 'pool' | 'name-server' }
  'cidr-not-everything': {}
  'cidr-canonical': { given: string; subnet: string }
  'ipv4-only': {}
  'cidr-form': {}
  'cidr-overlap': { cidr: string; other: string; subnet: string }
  'dhcp-prefix': { most: number }
  'dhcp-unicast': {}
  'gateway-unicast': { gateway: string }
  'gateway-usable': { gateway: string }
  'gateway-not-in-pool': { gateway: string | null; pool: AllocationPool }
  'pool-order': { pool: AllocationPool }
  'pool-in-subnet': { pool: AllocationPool; cidr: string }
  'pool-overlap': { earlier: AllocationPool; pool: AllocationPool }
  'dns-count': { most: number; count: number }
  'dns-unique': { server: string }
  'addresses-exhausted': { subnet: string; cidr: string }
}

interface PortRules {
  'mac-form': {}
  'mac-not-zero': {}
  'mac-not-broadcast': {}
  'mac-not-multicast': { mac: string }
  'mac-unique': { mac: string; port: string }
  'subnet-of-network': { subnet: string }
  'address-in-subnet': { address: string; cidr: string; subnet: string }
  'address-usable': { address: string; cidr: string }
  'address-listed-once': { address: string }
  'address-unique': { address: string; port: string }
  'port-follows-vm': { vm: string } | { port: string }
  'port-follows-trunk': { trunk: string }
  'port-unused': { port: string }
}

interface VmRules {
  'nic-required': {}
  'vm-host-read-only': { host: string; vm: string }
  'size-range': Limits & { what: 'memory' | 'vcpus' }
}

interface TrunkRules {
  'trunk-parent-device': { port: string }
  'trunk-parent-unique': { port: string; trunk: string }
  /** `trunk`: null for the one that is edited. */
  'trunk-no-nesting': { port: string; is: 'subport' | 'parent'; trunk: string | null }
  'trunk-parent-bound': { vm: string }
  'trunk-admin-state': { trunk: string }
  'trunk-segmentation-unique': { vlan: number; port: string }
  'trunk-segmentation-range': Limits
  'trunk-segmentation-required': {}
  'trunk-segmentation-type': {}
  'trunk-inherit-vlan': { network: string; type: NetworkType | null }
  'trunk-port-given': {}
  'subport-listed-once': { port: string }
  'subport-unique': { port: string; trunk: string }
  'subport-without-device': { port: string }
  'subport-of-trunk': { port: string; trunk: string }
  /** One subport; or the trunks in which a network would be too large. */
  'subport-mtu': { network: string; mtu: number; parent: string; carries: number } | { mtu: number; trunks: Names }
}

interface UplinkRules {
  'uplink-unique': { vm: string; physicalNetwork: string }
  'uplink-openvswitch': { host: string; uplink: string }
  'uplink-mapping': { host: string; physicalNetwork: string; uplink: string }
  'uplink-device': { device: string; host: string; uplink: string }
  'host-vm-unique': { vm: string; host: string }
  'host-inside-itself': { vm: string; host: string }
}

/** `users`: what stands in the way. */
interface RemovalRules {
  'project-empty': { project: string; users: Names }
  'physical-network-unused': { physicalNetwork: string; users: Names }
  'physical-network-carries': { physicalNetwork: string; users: Names }
  'physical-network-unmapped': { physicalNetwork: string; users: Names }
  'network-without-ports': { network: string; users: Names }
  'subnet-without-ports': { subnet: string; users: Names }
  'host-without-vms': { host: string; users: Names }
  'host-without-ports': { host: string; users: Names }
  'port-of-vm': { vm: string }
  'port-of-trunk': { trunk: string; isParent: boolean }
  'port-automatic': {}
  'vm-is-host': { vm: string; host: string }
  'uplink-unused': { host: string; bridges: Names }
}

/** An error of lint that an edit would bring about is refused under its code. */
type WireRules = { [Code in keyof LintParams]: { finding: LintFinding } } & {
  'mac-base-form': {}
  'carrier-ring': { physicalNetwork: string; chain: Names }
  'carrier-mtu': { carried: string; mtu: number; carrier: string; carries: number }
  /** `carrier`: null where the physical network says none. */
  'inner-wire': { host: string; vm: string; physicalNetwork: string; carrier: string | null }
}
