// What a reading says about a host's fitness: tools and what each is for, NICs that may be used, and sentences about what
// stands in the way of preparing it.

import type { MissingTool, ProbedNic } from '../api-types'
import type { AgentKind, DatapathType } from '../topology/topology'
import { carries } from './link-stack'
import type { HostObservation, KvmState } from './observation'

type Purposes = Readonly<Record<string, string>>

/** Program → what cannot be done without it, by the host's agent. */
export const toolPurposes = (agentKind: AgentKind): Purposes => ({ ...COMMON, ...OF_AGENT[agentKind] })

const OF_AGENT: Record<AgentKind, Purposes> = {
  openvswitch: {
    'ovs-vsctl': 'Open vSwitch bridges and ports (package openvswitch-switch)',
    'ovs-ofctl': 'OpenFlow flows (package openvswitch-switch)',
    'ovs-appctl': 'tracing packets and reading the datapath (package openvswitch-switch)',
    ethtool: 'checksum offload on veth pairs (package ethtool)',
  },
  linuxbridge: {
    bridge: 'forwarding entries of VXLAN devices (package iproute2)',
    'ebtables-nft-restore': 'protection against spoofing in the bridges (package iptables)',
  },
}

const COMMON: Purposes = {
  ip: 'links, addresses and namespaces (package iproute2)',
  sysctl: 'kernel settings of per-port bridges (package procps)',
  virsh: 'defining and starting VMs (package libvirt-clients)',
  'qemu-system-x86_64': 'running VMs (package qemu-system-x86)',
  dnsmasq: 'DHCP for networks (package dnsmasq-base)',
  iptables: 'checksums of DHCP replies, and filters (package iptables)',
  tcpdump: 'captures that prove a path (package tcpdump)',
}

export function listMissingTools({ facts }: HostObservation, agentKind: AgentKind): MissingTool[] {
  return Object.entries(toolPurposes(agentKind))
    .filter(([tool]) => facts.tools[tool] !== true)
    .map(([tool, neededFor]) => ({ tool, neededFor }))
}

export function listNics({ state, facts }: HostObservation): ProbedNic[] {
  return state.links
    .filter((link) => link.netns === '' && link.type === 'physical' && link.name !== 'lo')
    .map((link) => ({
      name: link.name,
      macAddress: link.macAddress ?? null,
      mtu: link.mtu ?? null,
      isUp: link.isUp ?? false,
      addresses: state.addresses.filter((address) => address.netns === '' && address.link === link.name).map((address) => address.cidr),
      carriesSsh: carries(state, link.name, facts.sshLink),
    }))
}

export function listWarnings(observation: HostObservation, agentKind: AgentKind): string[] {
  const { facts, unparsed } = observation
  return [
    ...(agentKind === 'openvswitch' && facts.ovsVersion === null ? ['Open vSwitch does not answer: install openvswitch-switch and start it.'] : []),
    ...facts.neutronAgents.map((agent) => `${agent} runs here. One writer per host: register the host as read-only, or stop the agent.`),
    ...(unparsed.length > 0 ? [`${unparsed.length} pieces of the reading were not understood; the host's page shows them.`] : []),
  ]
}

/** What keeps guests from KVM, in words; null when nothing does. */
export const KVM_OBSTACLES: Readonly<Record<KvmState, string | null>> = {
  'no-device': 'there is no /dev/kvm (is the kvm module loaded?)',
  'no-access': '/dev/kvm cannot be opened',
  'no-processor': 'the processor shows neither vmx nor svm (a virtual machine without nested virtualisation?)',
  'no-libvirt': 'libvirt runs no KVM guest for x86_64 (package qemu-system-x86)',
  usable: null,
}

/** The kernel's datapath where it can be had, Open vSwitch's own otherwise. */
export const detectDatapath = ({ facts }: HostObservation): DatapathType => (facts.hasKernelDatapath ? 'system' : 'netdev')
