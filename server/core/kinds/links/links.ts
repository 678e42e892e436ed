// Network devices, marked by their alias. Bridges and veth pairs are made before Open vSwitch is touched; internal ports exist only after;
// what stands on a VM's tap comes with the VM.

import { compareFields, type FieldPair } from '../../diff/compare-fields'
import { linkKey, type Link, type LinkType } from '../../host/link'
import { asNewPort, BRIDGE_PORT, isSamePort, setOtherwise } from './bridge-port'
import {
  renderAbandoned,
  renderEarlyRemoval,
  renderInsideNamespaces,
  renderLeaving,
  renderLinkRemoval,
  renderLinks,
  renderMoves,
  renderOffload,
} from './link-steps'
import { batchGuard, deviceGuard, linkGuard, moveGuard } from './link-guards'
import { renderTapLinkRemoval, renderTapLinks } from './tap-links'
import { inNamespaces, whereIn, type Kind } from '../kind'
import { ownerText } from '../owner-text'

/** Of the others any kind will do: a NIC may be a bond, a VLAN or whatever else came with the host. */
const MADE_TYPES: readonly LinkType[] = ['bridge', 'veth', 'vlan', 'vxlan', 'ovs-internal']

export const linkKind: Kind<Link> = {
  heading: 'Links',
  noun: 'devices',
  key: linkKey,
  label: (link) => `${link.type === 'physical' ? 'NIC' : link.type} ${link.name}${whereIn(link.netns)}`,
  isOurs: (link) => link.owner !== null,
  // The tap is libvirt's and the NIC is the machine's: both are looked at, neither is made here.
  isRequirement: (link) => link.type === 'physical' || link.type === 'tap',
  adjusted: ({ netns, name, type, isUp, mtu, master }) => ({
    netns,
    name,
    type,
    owner: null,
    master,
    isUp,
    ...(type === 'tap' && { mtu }),
  }),
  compare: (desired, observed) =>
    compareFields([
      ['owner', ownerText(desired), ownerText(observed)],
      ['type', MADE_TYPES.includes(desired.type) ? desired.type : undefined, observed.type],
      ['up', desired.isUp, observed.isUp],
      ['mtu', desired.mtu, observed.mtu],
      ['mac', desired.macAddress, observed.macAddress],
      ['promiscuous', desired.isPromiscuous, observed.isPromiscuous],
      ['master', desired.master, observed.master ?? null],
      [BRIDGE_PORT, isSamePort(desired, observed) ? asNewPort(observed) : undefined, setOtherwise(observed)],
      ['tx checksum offload', desired.hasTxChecksumOffload, observed.hasTxChecksumOffload],
      ['peer', desired.peer && linkKey(desired.peer), observed.peer && linkKey(observed.peer)],
      ['nic', desired.uplink, observed.uplink],
      ['vlan', desired.vlan && printVlan(desired.vlan), observed.vlan && printVlan(observed.vlan)],
      ['vxlan', desired.vxlan && printVxlan(desired.vxlan), observed.vxlan && printVxlan(observed.vxlan)],
      ...bridgeFields(desired.bridge, observed.bridge),
    ]),
  isRemembered: true,
  sections: inNamespaces('ip', 'ethtool'),
  steps: [
    {
      name: 'links.removeFromTaps',
      after: [],
      render: renderTapLinkRemoval,
      restore: 'never',
    },
    {
      name: 'links.leave',
      // Who uses it stops first. A row that is made anew looks for its device outside.
      after: ['namespaces.add'],
      before: ['ovsPorts.prepare', 'links.removeAbandoned'],
      render: renderLeaving,
      restore: 'never',
    },
    {
      name: 'links.removeEarly',
      // A device is made anew only when Open vSwitch let go of the former one.
      after: ['namespaces.add', 'ovsPorts.unplug'],
      render: renderEarlyRemoval,
      restore: 'never',
    },
    {
      name: 'links.add',
      // A pair may have its other end in a new namespace, or both.
      after: ['namespaces.add', 'ovsPorts.unplug', 'links.removeEarly'],
      render: renderLinks,
      restore: linkGuard,
    },
    {
      name: 'links.setOffload',
      // Nothing needs these two; settings are listed in this order.
      after: ['links.add', 'sysctls.set', 'fdb.set'],
      render: renderOffload,
      restore: deviceGuard,
    },
    {
      name: 'links.removeAbandoned',
      // What has the name of an internal port that is about to move in, and is served by nobody since vswitchd made a new one outside.
      after: ['ovsPorts.connect'],
      render: renderAbandoned,
      restore: 'never',
    },
    {
      name: 'links.move',
      // Open vSwitch makes internal ports. They get their addresses when no frame can leave by a wrong way any more.
      after: ['ovsPorts.connect', 'links.removeAbandoned'],
      render: renderMoves,
      restore: moveGuard,
    },
    {
      name: 'links.inside',
      // Devices are set up where they live, and have learned before what they must not answer or forward.
      after: ['links.move', 'sysctls.setInside'],
      render: renderInsideNamespaces,
      restore: batchGuard,
    },
    {
      name: 'links.addOnTaps',
      // Libvirt makes the tap.
      after: ['domains.start'],
      render: renderTapLinks,
      restore: linkGuard,
    },
    {
      name: 'links.remove',
      // Nothing uses them any more, namespaces included.
      after: ['ovsPorts.connect', 'iptables.write', 'domains.stop', 'dnsmasq.stop', 'sysctls.setOnTaps'],
      render: renderLinkRemoval,
      restore: 'never',
    },
  ],
  // The NIC comes back by itself, and what Open vSwitch makes, outside; what we adjust on them does not.
  afterBoot: (links) => links.filter(comesBack).map(({ name, type }) => ({ netns: '', name, type, owner: null })),
  probes: [['link', 'ip -o link show']],
}

const comesBack = ({ netns, type }: Link): boolean => type === 'physical' || (type === 'ovs-internal' && netns !== '')

const bridgeFields = (desired: Link['bridge'], observed: Link['bridge']): readonly FieldPair[] => [
  ['forward_delay', desired?.forwardDelay, observed?.forwardDelay],
  ['stp_state', desired?.hasStp, observed?.hasStp],
  ['mcast_snooping', desired?.hasMulticastSnooping, observed?.hasMulticastSnooping],
  ['ageing_time', desired?.ageingTime, observed?.ageingTime],
  ['vlan_filtering', desired && (desired.isVlanAware ?? false), observed?.isVlanAware ?? false],
]

const printVlan = ({ lower, id }: NonNullable<Link['vlan']>): string => `${id} on ${lower}`
const printVxlan = ({ vni, local, port, lower }: NonNullable<Link['vxlan']>): string => `${vni} from ${local}:${port} by ${lower}`
