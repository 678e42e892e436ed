// A broken rule of the design in a sentence, which names its sense and the objects in conflict: under a field of a form, in an API error.

import type { RuleParams, VlanRange } from '../topology/rule-params'
import type { AllocationPool } from '../topology/kinds/subnet/subnet'
import type { Violation } from '../topology/violation'
import { agentWords } from './agent'
import { explainFinding } from './finding'
import type { Messages } from './message'
import { objectKindWord } from './object-change'
import { joinQuoted, quoted } from './words'

const DEVICE_CHARACTERS = 'has letters, digits, "_", "." and "-" only, and begins with a letter, a digit or "_"'
const ofPool = ({ start, end }: AllocationPool): string => `${start}–${end}`
const ofRange = ({ min, max }: VlanRange): string => `${min}–${max}`
const refused = ({ finding }: RuleParams['wire-segment']): string => explainFinding(finding)

const bootText: Record<RuleParams['path-absolute']['what'], string> = {
  disk: 'The disk image',
  kernel: 'The kernel',
  initrd: 'The initial RAM disk',
  cmdline: 'The kernel command line',
  description: 'The description',
}

const addressForm: Record<RuleParams['address-form']['of'], string> = {
  tunnel: 'The tunnel address is an IPv4 address such as 192.168.150.11.',
  port: 'An address is written like 10.0.0.5.',
  gateway: 'The gateway is an IPv4 address such as 10.0.0.1.',
  pool: 'A pool has two IPv4 addresses, for example 10.0.0.10 and 10.0.0.99.',
  'name-server': 'A name server is an IPv4 address such as 9.9.9.9.',
}

const mapped: Record<RuleParams['mapping-unique']['what'], (name: string) => string> = {
  physicalNetworkId: (name) => `physical network ${quoted(name)}`,
  bridge: (name) => `bridge ${name}`,
  nic: (name) => `NIC ${name}`,
}

function reservedBridge(reserved: RuleParams['bridge-reserved']): string {
  if (reserved.by === 'tunnel') return `holds the tunnel NIC ${reserved.nic}`
  return reserved.by === 'console' ? 'is made by the console itself' : 'is a device that every host may have'
}

const messages: Messages<RuleParams> = {
  'known-object': ({ kind }) => `This ${objectKindWord[kind]} does not exist, or no longer.`,
  'changed-meanwhile': ({ change }) => {
    const what = change === null ? '' : `: ${change.field} was ${change.was ?? 'none'}, and is ${change.is ?? 'none'} now`
    return `Somebody else has changed this meanwhile${what}. Start again from what is there now.`
  },
  'local-vlan': ({ vlan, isTaken }) => `Local VLAN ${vlan} is ${isTaken ? 'given twice on one host' : 'out of range'}.`,
  'local-vlans-exhausted': ({ host, most }) =>
    `Host ${quoted(host)} carries ${most} networks already; br-int has no local VLAN left for another.`,

  'name-not-empty': () => 'Give a name.',
  'name-printable': () => 'A name is one line of printable characters: no line breaks, tabs or control characters.',
  'name-length': ({ most, length }) => `A name has at most ${most} characters; this one has ${length}.`,
  'description-length': ({ most, length }) => `A description has at most ${most} characters; this one has ${length}.`,
  'name-unique': ({ kind, name }) => `There is a ${objectKindWord[kind]} named ${quoted(name)} already.`,
  'line-printable': ({ what }) => `${bootText[what]} is one line of printable characters.`,
  'path-absolute': ({ what }) => `${bootText[what]} is an absolute path on the host, such as /var/lib/images/guest.qcow2.`,
  'device-name': ({ of }) => `A ${of === 'nic' ? 'NIC' : 'bridge'} name ${DEVICE_CHARACTERS}.`,
  'device-reserved': ({ nic, by }) =>
    `${nic} is no NIC: ${by === 'console' ? 'the console makes it itself' : 'every host has it for itself'}.`,
  'device-name-length': ({ most, length, madeOfIt }) =>
    `A NIC name has at most ${most} characters here${madeOfIt === null ? '' : `, since "${madeOfIt}" is made of it`}; this one has ${length}.`,
  'bridge-reserved': (reserved) => `${reserved.bridge} ${reservedBridge(reserved)}; give the provider bridge another name.`,
  'bridge-name-length': ({ most, length, derived, within }) =>
    `A provider bridge name has at most ${most} characters, since "${derived}" must fit into ${within}; this one has ${length}.`,

  'role-required': () => 'Give the host at least one role: compute or network.',
  'role-unique': () => 'A role is listed twice.',
  'prefix-length': () => 'A prefix length is a whole number from 1 to 32.',
  'tunnel-address-usable': ({ address, prefixLength }) => `${address}/${prefixLength} is not an address that a host can have.`,
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
  'host-in-use': ({ host, ports }) => `Host ${quoted(host)} still has ports: ${joinQuoted(ports)}. Take them away first.`,
  'adopt-former': ({ host }) => `${quoted(host)} is a host of this design. Take it out first when it is the same machine as this one.`,
  'host-prepared': ({ host }) => `Host ${quoted(host)} is not prepared: prepare it first, in the same design.`,
  'tunnel-address': ({ host, network }) => `Host ${quoted(host)} has no tunnel address, which the VXLAN network ${quoted(network)} needs.`,
  'physical-network-mapped': ({ host, network, physicalNetwork, by }) =>
    `Host ${quoted(host)} has no ${by === 'bridge' ? 'bridge' : 'NIC'} for the physical network ${quoted(physicalNetwork)} of network ${quoted(network)}.`,

  'mtu-range': ({ least, most }) => `An MTU is a whole number from ${least} to ${most}.`,
  'mtu-maximum': ({ most, type }) =>
    `The MTU of this network is at most ${most}: ${type === 'vxlan' ? 'the underlay carries 1500 bytes and VXLAN over IPv4 adds 50' : 'its physical network carries no more'}.`,
  'mtu-carries-networks': ({ mtu, networks }) => `An MTU of ${mtu} is less than networks on it have: ${joinQuoted(networks)}.`,
  'vlan-range': ({ least, most }) => `VLAN ids go from ${least} to ${most}.`,
  'vlan-range-order': ({ range: { min, max } }) => `The VLAN range ${min} to ${max} runs backwards.`,
  'vlan-range-overlap': ({ earlier, range }) => `The VLAN ranges ${ofRange(earlier)} and ${ofRange(range)} overlap.`,
  'physical-network-required': ({ type }) => `A ${type} network needs a physical network.`,
  'physical-network-forbidden': () => 'A VXLAN network has no physical network: it travels between the tunnel addresses of the hosts.',
  'segmentation-id-forbidden': () => 'A flat network is untagged and has no segmentation id.',
  'segment-fixed': () => 'Only the id of a VLAN network may be changed; make a new network for another VNI.',
  'vlan-id-range': ({ least, most }) => `A VLAN id is a whole number from ${least} to ${most}.`,
  'vni-range': ({ most }) => `A VNI is a whole number from 1 to ${most}.`,
  'flat-unique': ({ physicalNetwork, network }) =>
    `Physical network ${quoted(physicalNetwork)} already carries the flat network ${quoted(network)}; there is one per physical network.`,
  'vlan-id-unique': ({ vlan, physicalNetwork, network }) =>
    `VLAN ${vlan} on physical network ${quoted(physicalNetwork)} is taken by network ${quoted(network)}.`,
  'vni-unique': ({ vni, network }) => `VNI ${vni} is taken by network ${quoted(network)}.`,
  'vlan-ids-exhausted': ({ physicalNetwork, hasRanges }) =>
    hasRanges
      ? `All VLAN ids in the ranges of physical network ${quoted(physicalNetwork)} are taken.`
      : `Physical network ${quoted(physicalNetwork)} has no VLAN range to choose from; name a VLAN id.`,
  'vnis-exhausted': () => 'All VNIs are taken.',

  'address-form': ({ of }) => addressForm[of],
  'cidr-not-everything': () => 'A subnet of /0 would be all addresses there are.',
  'cidr-canonical': ({ given, subnet }) => `${given} is an address in a subnet; the subnet is ${subnet}.`,
  'ipv4-only': () => 'IPv6 subnets are not supported yet; give an IPv4 subnet such as 10.0.0.0/24.',
  'cidr-form': () => 'A subnet is written like 10.0.0.0/24.',
  'cidr-overlap': ({ cidr, other, subnet }) => `${cidr} overlaps ${other} of subnet ${quoted(subnet)} in the same network.`,
  'dhcp-prefix': ({ most }) => `DHCP needs a subnet of /${most} or larger; turn DHCP off or give more addresses.`,
  'dhcp-unicast': () => 'DHCP is not possible with multicast (224.0.0.0/4), loopback (127.0.0.0/8) or 0.0.0.0/8 addresses.',
  'gateway-unicast': ({ gateway }) => `${gateway} is not an address that a gateway can have.`,
  'gateway-usable': ({ gateway }) => `${gateway} is the network's own or its broadcast address; the gateway needs another one.`,
  'gateway-not-in-pool': ({ gateway, pool }) => `The gateway ${gateway} is inside the pool ${ofPool(pool)}.`,
  'pool-order': ({ pool }) => `The pool ${ofPool(pool)} runs backwards.`,
  'pool-in-subnet': ({ pool, cidr }) => `The pool ${ofPool(pool)} leaves the usable addresses of ${cidr}.`,
  'pool-overlap': ({ earlier, pool }) => `The pools ${ofPool(earlier)} and ${ofPool(pool)} overlap.`,
  'dns-count': ({ most, count }) => `A subnet has at most ${most} name servers; these are ${count}.`,
  'dns-unique': ({ server }) => `The name server ${server} is listed twice.`,
  'addresses-exhausted': ({ subnet, cidr }) => `All addresses in the pools of subnet ${quoted(subnet)} (${cidr}) are taken.`,

  'mac-form': () => 'A MAC address is written like fa:16:3e:12:34:56.',
  'mac-not-zero': () => 'The all-zero MAC address belongs to nobody.',
  'mac-not-broadcast': () => 'The broadcast MAC address belongs to everybody.',
  'mac-not-multicast': ({ mac }) => `${mac} is a multicast address: its first octet is odd. A port needs a unicast one.`,
  'mac-unique': ({ mac, port }) => `${mac} is the MAC address of ${quoted(port)} in the same network.`,
  'subnet-of-network': ({ subnet }) => `Subnet ${quoted(subnet)} belongs to another network.`,
  'address-in-subnet': ({ address, cidr, subnet }) => `${address} is not in ${cidr} of subnet ${quoted(subnet)}.`,
  'address-usable': ({ address, cidr }) => `${address} is the network's own or the broadcast address of ${cidr}.`,
  'address-listed-once': ({ address }) => `${address} is listed twice.`,
  'address-unique': ({ address, port }) => `${address} is taken by ${quoted(port)}.`,
  'port-follows-vm': (bound) =>
    'vm' in bound
      ? `The port belongs to VM ${quoted(bound.vm)} and stays on its host.`
      : `${quoted(bound.port)} is bound to another host than the VM.`,
  'port-follows-trunk': ({ trunk }) => `The port is a subport of ${quoted(trunk)} and stays where its parent is.`,
  'port-unused': ({ port }) => `${quoted(port)} is in use already.`,

  'nic-required': () => 'Plug the VM into at least one network.',
  'vm-host-read-only': ({ host, vm }) =>
    `Nothing is ever changed on host ${quoted(host)}: VM ${quoted(vm)} neither leaves it nor comes to it.`,
  'size-range': ({ what, least, most }) =>
    what === 'memory'
      ? `Memory is a whole number from ${least} to ${most} MiB.`
      : `The number of virtual CPUs is a whole number from ${least} to ${most}.`,

  'trunk-parent-device': ({ port }) => `${quoted(port)} is a port of the console's own; the parent of a trunk is a VM's.`,
  'trunk-parent-unique': ({ port, trunk }) => `${quoted(port)} is the parent of ${quoted(trunk)} already; a port has one trunk.`,
  'trunk-no-nesting': ({ port, is, trunk }) => {
    const what = is === 'parent' ? 'the parent' : 'a subport'
    return trunk === null
      ? `${quoted(port)} is ${what} of this trunk.`
      : `${quoted(port)} is ${what} of ${quoted(trunk)}; trunks do not nest.`
  },
  'trunk-parent-bound': ({ vm }) =>
    `The port is bound: VM ${quoted(vm)} has booted with it, and Open vSwitch cannot turn it into a trunk. Make the trunk first, then the VM.`,
  'trunk-admin-state': ({ trunk }) => `${quoted(trunk)} is administratively down and cannot be changed. Set it up first.`,
  'trunk-segmentation-unique': ({ vlan, port }) =>
    `VLAN ${vlan} of this trunk is taken by ${quoted(port)}; each subport has an id of its own.`,
  'trunk-segmentation-range': ({ least, most }) => `The segmentation id of a subport is a whole number from ${least} to ${most}.`,
  'trunk-segmentation-required': () => 'A subport needs a segmentation type and id, or the type "inherit".',
  'trunk-segmentation-type': () => 'The segmentation type of a subport is "vlan" or "inherit".',
  'trunk-inherit-vlan': ({ network, type }) =>
    `Network ${quoted(network)} is ${type ?? 'unknown'}: only a VLAN network has an id to inherit. Give a type and id.`,
  'trunk-port-given': () => 'Choose a port, or a network to make one in.',
  'subport-listed-once': ({ port }) => `${quoted(port)} is listed twice.`,
  'subport-unique': ({ port, trunk }) => `${quoted(port)} is a subport of ${quoted(trunk)} already.`,
  'subport-without-device': ({ port }) => `${quoted(port)} is used by a device; a subport has none.`,
  'subport-of-trunk': ({ port, trunk }) => `${quoted(port)} is no subport of ${quoted(trunk)}.`,
  'subport-mtu': (wide) =>
    'trunks' in wide
      ? `With an MTU of ${wide.mtu} a subport's network would exceed its parent's in ${joinQuoted(wide.trunks)}.`
      : `Network ${quoted(wide.network)} has MTU ${wide.mtu}, the parent's network ${quoted(wide.parent)} carries ${wide.carries}. Lower the former.`,

  'uplink-unique': ({ vm, physicalNetwork }) =>
    `VM ${quoted(vm)} has a nested uplink to ${quoted(physicalNetwork)} already; one carries all VLANs.`,
  'uplink-openvswitch': ({ host, uplink }) =>
    `Host ${quoted(host)} has the Linux bridge agent, and so no provider bridge that ${uplink} could be plugged into.`,
  'uplink-mapping': ({ host, physicalNetwork, uplink }) =>
    `Host ${quoted(host)} needs a bridge for ${quoted(physicalNetwork)}: ${uplink} is plugged into it.`,
  'uplink-device': ({ device, host, uplink }) => `${device} on host ${quoted(host)} is a device of ${uplink} already; choose another name.`,
  'host-vm-unique': ({ vm, host }) => `VM ${quoted(vm)} is host ${quoted(host)} already.`,
  'host-inside-itself': ({ vm, host }) => `VM ${quoted(vm)} runs on host ${quoted(host)}, so it cannot be that host.`,

  'project-empty': ({ project, users }) => `Project ${quoted(project)} still has networks, VMs or trunks: ${joinQuoted(users)}.`,
  'physical-network-unused': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} still carries networks: ${joinQuoted(users)}.`,
  'physical-network-carries': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} still carries: ${joinQuoted(users)}.`,
  'physical-network-unmapped': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} is still mapped to a bridge on hosts: ${joinQuoted(users)}.`,
  'network-without-ports': ({ network, users }) => `Network ${quoted(network)} still has ports: ${joinQuoted(users)}.`,
  'subnet-without-ports': ({ subnet, users }) => `Ports still have addresses of subnet ${quoted(subnet)}: ${joinQuoted(users)}.`,
  'host-without-vms': ({ host, users }) => `Host ${quoted(host)} still has VMs: ${joinQuoted(users)}.`,
  'host-without-ports': ({ host, users }) => `Ports are still bound to host ${quoted(host)}: ${joinQuoted(users)}.`,
  'port-of-vm': ({ vm }) => `The port belongs to VM ${quoted(vm)}; it goes when the VM goes.`,
  'port-of-trunk': ({ trunk, isParent }) =>
    isParent
      ? `The port is the parent of ${quoted(trunk)}. Delete the trunk first.`
      : `The port is a subport of ${quoted(trunk)}. Take it out of the trunk first.`,
  'port-automatic': () => "This port is the DHCP server's; it comes and goes with DHCP on its subnets.",
  'vm-is-host': ({ vm, host }) => `VM ${quoted(vm)} is host ${quoted(host)}; take that host out of the design first.`,
  'uplink-unused': ({ host, bridges }) =>
    `Host ${quoted(host)} reaches its wire through this uplink, by ${bridges.join(' and ')}. Take that mapping away first.`,

  'mac-base-form': () => 'A MAC base is the first three octets of unicast addresses, such as fa:16:40.',
  'carrier-ring': ({ physicalNetwork, chain }) => `${quoted(physicalNetwork)} cannot travel on its own wire: ${chain.join(' → ')}.`,
  'carrier-mtu': ({ carried, mtu, carrier, carries }) =>
    `${quoted(carried)} has MTU ${mtu} and travels on the wire of ${quoted(carrier)}, which carries ${carries}.`,
  'inner-wire': ({ host, vm, physicalNetwork, carrier }) =>
    carrier === null
      ? `Host ${quoted(host)} is VM ${quoted(vm)}: say on whose wire ${quoted(physicalNetwork)} travels before a bridge is mapped to it.`
      : `Host ${quoted(host)} is VM ${quoted(vm)}, which has no nested uplink to ${quoted(carrier)}, on whose wire ${quoted(physicalNetwork)} travels.`,
  'wire-vlan-ranges': refused,
  'wire-vlan-in-range': refused,
  'wire-segment': refused,
  'wire-mac-base': refused,
  'mac-base-reserved': refused,
  'carrier-without-uplink': refused,
}

type Sayable = { [R in keyof RuleParams]: { readonly rule: R; readonly params: Readonly<RuleParams[R]> } }
const say = <R extends keyof RuleParams>({ rule, params }: Sayable[R]): string => messages[rule](params, '')

export const explainViolation = (violation: Violation): string => say(violation)
