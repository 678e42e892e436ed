// The rules of a host, each with the values that its sentence needs, and the sentence (../../violation.ts).

import { agentWords } from '../../../explain/agent'
import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'
import type { AgentKind } from './host'

export interface HostRules {
  'device-name': { of: 'nic' | 'bridge' }
  'device-reserved': { nic: string; by: 'console' | 'hosts' }
  /** `madeOfIt`: why it must be shorter than any device. */
  'device-name-length': { most: number; length: number; madeOfIt: string | null }
  'bridge-reserved': { bridge: string; by: 'console' | 'hosts' } | { bridge: string; by: 'tunnel'; nic: string }
  /** `derived` must fit into `within`. */
  'bridge-name-length': { most: number; length: number; derived: string; within: number }
  'role-required': {}
  'role-unique': {}
  'role-gateway-alone': {}
  'prefix-length': {}
  'tunnel-address-usable': { address: string; prefixLength: number }
  'tunnel-gateway-neighbour': { gateway: string; address: string; prefixLength: number }
  'vtep-unique': { address: string; host: string }
  'vtep-gateway': { address: string; host: string }
  'bridge-not-nic': { bridge: string }
  'nic-shared': { nic: string }
  'mapping-unique': { what: 'physicalNetworkId' | 'bridge' | 'nic'; name: string }
  'dvr-mac-unique': { mac: string; host: string }
  'agent-kept': { host: string; agentKind: AgentKind }
  /** `vms`: those that run on it; null where one is about to. */
  'vm-host-compute': { host: string; vms: Names | null }
  'service-host-network': { host: string }
  'host-schedulable': { host: string }
  'host-in-use': { host: string; ports: Names }
  'adopt-former': { host: string }
  'host-prepared': { host: string }
  'tunnel-address': { host: string; network: string }
  'physical-network-mapped': { host: string; network: string; physicalNetwork: string; by: 'bridge' | 'nic' }
  'host-vm-unique': { vm: string; host: string }
  'host-inside-itself': { vm: string; host: string }
  'host-without-vms': { host: string; users: Names }
  'host-without-ports': { host: string; users: Names }
  'host-without-services': { host: string; users: Names }
}

const DEVICE_CHARACTERS = 'has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_"'

const mapped: Record<HostRules['mapping-unique']['what'], (name: string) => string> = {
  physicalNetworkId: (name) => `physical network ${quoted(name)}`,
  bridge: (name) => `bridge ${name}`,
  nic: (name) => `NIC ${name}`,
}

function reservedBridge(reserved: HostRules['bridge-reserved']): string {
  if (reserved.by === 'tunnel') return `holds the tunnel NIC ${reserved.nic}`
  return reserved.by === 'console' ? 'is made by the console itself' : 'is a device that every host may have'
}

export const hostViolations: Messages<HostRules> = {
  'device-name': ({ of }) => `A ${of === 'nic' ? 'NIC' : 'bridge'} name ${DEVICE_CHARACTERS}.`,
  'device-reserved': ({ nic, by }) =>
    `${nic} is no NIC: ${by === 'console' ? 'the console makes it itself' : 'every host has it for itself'}.`,
  'device-name-length': ({ most, length, madeOfIt }) =>
    `A NIC name has at most ${most} characters here${madeOfIt === null ? '' : `, since "${madeOfIt}" is made of it`}; this one has ${length}.`,
  'bridge-reserved': (reserved) => `${reserved.bridge} ${reservedBridge(reserved)}; give the provider bridge another name.`,
  'bridge-name-length': ({ most, length, derived, within }) =>
    `A provider bridge name has at most ${most} characters, since "${derived}" must fit into ${within}; this one has ${length}.`,
  'role-required': () => 'Give the host at least one role: compute, network or gateway.',
  'role-unique': () => 'A role is listed twice.',
  'role-gateway-alone': () =>
    'A gateway host is nothing else: it would reach its own cluster address by itself, past the tunnels. Give it the role gateway alone.',
  'prefix-length': () => 'A prefix length is a whole number from 1 to 32.',
  'tunnel-address-usable': ({ address, prefixLength }) => `${address}/${prefixLength} is not an address that a host can have.`,
  'tunnel-gateway-neighbour': ({ gateway, address, prefixLength }) =>
    `${gateway} is no neighbour of ${address}/${prefixLength}: the underlay router has another address of the same subnet.`,
  'vtep-gateway': ({ address, host }) => `${address} is the underlay router of host ${quoted(host)}.`,
  'vtep-unique': ({ address, host }) => `The tunnel address ${address} belongs to host ${quoted(host)}.`,
  'bridge-not-nic': ({ bridge }) => `A bridge and a NIC of this host are both named ${bridge}; two devices cannot share a name.`,
  'nic-shared': ({ nic }) => `${nic} carries the tunnels; a physical network needs a NIC of its own.`,
  'mapping-unique': ({ what, name }) => `The ${mapped[what](name)} is mapped twice on this host.`,
  'dvr-mac-unique': ({ mac, host }) => `The DVR address ${mac} belongs to host ${quoted(host)}.`,
  'agent-kept': ({ host, agentKind }) =>
    `Host ${quoted(host)} is prepared as ${agentWords[agentKind]}: take its bridges away first, then choose another agent.`,
  'vm-host-compute': ({ host, vms }) =>
    vms === null
      ? `Host ${quoted(host)} is no compute host; a VM needs one.`
      : `Host ${quoted(host)} runs VMs and stays a compute host: ${joinQuoted(vms)}.`,
  'service-host-network': ({ host }) => `Host ${quoted(host)} is no network host; routers and DHCP servers run on one.`,
  'host-schedulable': ({ host }) =>
    `Host ${quoted(host)} takes no VMs, routers and DHCP servers at the moment; its switch for them is off.`,
  'host-in-use': ({ host, ports }) => `Host ${quoted(host)} still has ports: ${joinQuoted(ports)}. Take them away first.`,
  'adopt-former': ({ host }) => `${quoted(host)} is a host of this design. Take it out first when it is the same machine as this one.`,
  'host-prepared': ({ host }) => `Host ${quoted(host)} is not prepared: prepare it first, in the same design.`,
  'tunnel-address': ({ host, network }) => `Host ${quoted(host)} has no tunnel address, which the VXLAN network ${quoted(network)} needs.`,
  'physical-network-mapped': ({ host, network, physicalNetwork, by }) =>
    `Host ${quoted(host)} has no ${by === 'bridge' ? 'bridge' : 'NIC'} for the physical network ${quoted(physicalNetwork)} of network ${quoted(network)}.`,
  'host-vm-unique': ({ vm, host }) => `VM ${quoted(vm)} is host ${quoted(host)} already.`,
  'host-inside-itself': ({ vm, host }) => `VM ${quoted(vm)} runs on host ${quoted(host)}, so it cannot be that host.`,
  'host-without-vms': ({ host, users }) => `Host ${quoted(host)} still has VMs: ${joinQuoted(users)}.`,
  'host-without-services': ({ host, users }) =>
    `Host ${quoted(host)} still runs ${joinQuoted(users)}. Let it take nothing any more, so that they go elsewhere, and apply that before it is taken out.`,
  'host-without-ports': ({ host, users }) => `Ports are still bound to host ${quoted(host)}: ${joinQuoted(users)}.`,
}
