// What a host says of its parts and of its fitness, in words.

import { suspensionOf, type Domain, type DomainState } from '../host/domain'
import type { KvmState } from '../host/observation'
import type { OvsFault } from '../host/ovs'
import { neededTools, type NeededTool, type ProbeParams } from '../host/probe'
import type { Host } from '../topology/kinds/host/host'
import type { Messages } from './message'
import { plural } from './words'

/** Behind the name of the VM. */
export const suspendedWords = ({ name, reason }: DomainState): string =>
  `is ${name}${reason === '' ? '' : ` (${reason})`}: it neither sends nor answers`

/** Why a VM that is on does nothing; null when it runs. */
export function whySuspended(domain: Pick<Domain, 'state'>): string | null {
  const suspension = suspensionOf(domain)
  return suspension && suspendedWords(suspension)
}

export const faultWords = ({ device, said }: OvsFault): string =>
  `Open vSwitch cannot use ${device}${said === null ? ' (ofport -1): its device is missing' : `: ${said}`}`

/** What keeps guests from KVM; null when nothing does. */
export const KVM_OBSTACLES: Readonly<Record<Exclude<KvmState, 'usable'>, string>> & { readonly usable: null } = {
  'no-device': 'there is no /dev/kvm (is the kvm module loaded?)',
  'no-access': '/dev/kvm cannot be opened',
  'no-processor': 'the processor shows neither vmx nor svm (a virtual machine without nested virtualisation?)',
  'no-libvirt': 'libvirt runs no KVM guest for x86_64 (package qemu-system-x86)',
  usable: null,
}

const PURPOSES: Readonly<Record<NeededTool, string>> = {
  'ovs-vsctl': 'Open vSwitch bridges and ports (package openvswitch-switch)',
  'ovs-ofctl': 'OpenFlow flows (package openvswitch-switch)',
  'ovs-appctl': 'tracing packets and reading the datapath (package openvswitch-switch)',
  ethtool: 'checksum offload on veth pairs (package ethtool)',
  bridge: 'forwarding entries of VXLAN devices (package iproute2)',
  'ebtables-nft-restore': 'protection against spoofing in the bridges (package iptables)',
  ip: 'links, addresses and namespaces (package iproute2)',
  sysctl: 'kernel settings of per-port bridges (package procps)',
  virsh: 'defining and starting VMs (package libvirt-clients)',
  'qemu-system-x86_64': 'running VMs (package qemu-system-x86)',
  dnsmasq: 'DHCP for networks (package dnsmasq-base)',
  iptables: 'security groups, and checksums of DHCP replies (package iptables)',
  ipset: 'security groups whose rules name a group (package ipset)',
  conntrack: 'forgetting the connections of ports and of floating IPs that are gone (package conntrack)',
  arping: 'telling the neighbours of routers and floating IPs where these are now (package iputils-arping)',
  tcpdump: 'captures that prove a path (package tcpdump)',
}

/** Program → what cannot be done without it, by the host's agent. */
export const toolPurposes = (host: Pick<Host, 'agentKind'>): Readonly<Record<string, string>> =>
  Object.fromEntries(neededTools(host).map((tool) => [tool, PURPOSES[tool]]))

export const probeMessages: Messages<ProbeParams> = {
  'ovs-silent': () => 'Open vSwitch does not answer: install openvswitch-switch and start it.',
  'agent-runs': ({ agent }) => `${agent} runs here. One writer per host: register the host as read-only, or stop the agent.`,
  'reading-not-understood': ({ pieces }) =>
    `${plural(pieces, 'piece')} of the reading ${pieces === 1 ? 'was' : 'were'} not understood; the host's page shows ${pieces === 1 ? 'it' : 'them'}.`,
}
