// What is found at a hop of a path, what stands under its name, and why it cannot be proven, in words. Sentences have no full stop, so
// that they can stand behind one another.

import type { NoPath, PathHop } from '../path/path'
import type {
  DetailParams,
  HopDetail,
  HopDoubt,
  HopFinding,
  HopParams,
  NoPathParams,
  NoProof,
  NoProofParams,
  PacketKind,
} from '../path/hop-params'
import { explainDrop, framesOf } from './drop'
import { faultWords, suspendedWords } from './host'
import { sayCoded, type Messages } from './message'
import { sectionWords } from './unknown-part'
import { explainFloatingCause } from './floating-cause'
import { explainWalkEnd } from './walk-end'
import { joinSome, joinWords } from './words'

const packets: Readonly<Record<PacketKind, string>> = { 'arp-requests': 'ARP requests', frames: 'Frames' }

/** "untagged", "VLAN 7" */
const tagWord = (vlan: number | null): string => (vlan === null ? 'untagged' : `VLAN ${vlan}`)
const localTag = (tag: number | null): string => `tag ${tag ?? '?'} (local)`
const onHost = (host: string, netns: string): string => (netns === '' ? host : `${host} in ${netns}`)
const limit = (tag: number | null, trunks: readonly number[]): string => (tag === null ? `trunks ${trunks.join(' ')}` : `tag ${tag}`)

export const hopMessages: Messages<HopParams> = {
  'device-missing': ({ device, host, netns }) => `${device} does not exist on ${onHost(host, netns)}`,
  'device-down': ({ device, host, netns }) => `${device} is down on ${onHost(host, netns)}`,
  'no-carrier': ({ device, host }) => `${device} has no carrier on ${host}`,
  'bridge-port': ({ device, bridge, settings }) => `${device} is no plain port of ${bridge}: somebody set its ${joinWords(settings)}`,
  'bridge-differs': ({ device, found, expected }) =>
    found === null ? `${device} is in no bridge, it belongs into ${expected}` : `${device} is in ${found}, not in ${expected}`,
  'veth-peer': ({ device, found, expected }) => `The other end of ${device} is ${found}, not ${expected}`,
  'device-mtu': ({ device, mtu, network, expected }) => `${device} has MTU ${mtu}, network ${network} has ${expected}`,
  'nic-mtu': ({ device, mtu, network, needed }) => `${device} has MTU ${mtu}, network ${network} needs ${needed}`,
  'spanning-tree': ({ bridge }) => `${bridge} runs spanning tree: it holds frames back and talks to the fabric`,

  'ovs-cannot-use': faultWords,
  'ovs-bridge-missing': ({ bridge, host }) => `Bridge ${bridge} does not exist on ${host}`,
  'bridge-without-flows': ({ bridge, host }) =>
    `${bridge} has no flows on ${host}, so it drops everything: Open vSwitch lost them or fail_mode was set after them`,
  'port-missing': ({ device, bridge, host }) => `${device} is not a port of ${bridge} on ${host}`,
  'port-elsewhere': ({ device, found, expected, host }) => `${device} is a port of ${found}, not of ${expected}, on ${host}`,
  'port-iface-id': ({ device, found, expected }) => `${device} carries iface-id ${found ?? 'none'}, the port is ${expected}`,
  'port-mac': ({ device, found, expected }) => `${device} carries attached-mac ${found}, the port has ${expected}`,
  'dead-tag': ({ device, tag, wasWired }) =>
    `${device} has the dead VLAN tag ${tag}: the port ${wasWired ? 'was taken out of service' : 'was never wired'}`,
  'no-tag': ({ device }) => `${device} has no tag: its frames stay outside every local VLAN`,
  'local-tag': ({ device, tag, network, host, localVlan }) =>
    `${device} has tag ${tag}, local VLAN of network ${network} on ${host} is ${localVlan}`,
  'tag-record': ({ device, tag, recorded }) => `${device} has tag ${tag} but other_config:tag ${recorded}`,
  'not-access': ({ device, vlanMode, trunks }) =>
    `${device} is not an access port: vlan_mode ${vlanMode ?? 'unset'}, trunks ${trunks.join(' ') || 'unset'}`,
  'vif-cuts-vlans': ({ device, bridge, tag, trunks, whose }) =>
    `${device} has ${limit(tag, trunks)} on ${bridge}: VLANs of the ${whose === 'guest' ? 'guest' : 'inner cloud'} are cut off`,
  'guest-tag': ({ device, tag, guestVlan, label }) =>
    `${device} has tag ${tag ?? 'none'}, the guest sends ${framesOf(guestVlan)} for ${label}`,
  'patch-missing': ({ device, bridge, host }) => `Patch port ${device} is missing on ${bridge} of ${host}`,
  'no-patch': ({ device, bridge }) => `${device} on ${bridge} is not a patch port`,
  'patch-peer': ({ device, found, expected, host }) =>
    `Patch port ${device} leads to ${found ?? 'nothing'}, not to ${expected}, on ${host}`,

  'no-tunnel-port': ({ host, peer, address }) => `br-tun of ${host} has no tunnel port to ${peer} (${address})`,
  'tunnel-udp-port': ({ device, found, peer, expected }) => `${device} sends to UDP port ${found}, ${peer} takes tunnels at ${expected}`,
  'tunnel-source': ({ device, found, host, expected }) => `${device} sends from ${found}, the tunnel address of ${host} is ${expected}`,
  'tunnel-address-missing': ({ device, host, address }) =>
    device === null
      ? `${host} does not have its tunnel address ${address}`
      : `${device} of ${host} does not have the tunnel address ${address}`,
  'underlay-mtu': ({ device, mtu, network, networkMtu, needed }) =>
    `${device} has MTU ${mtu}, network ${network} with MTU ${networkMtu} needs ${needed} in VXLAN: full-size frames are lost`,

  'vlan-id': ({ device, vlan, expected }) => `${device} has VLAN id ${vlan}, not ${expected}`,
  'vlan-lower': ({ device, found, expected }) => `${device} stands on ${found ?? 'another device'}, not on ${expected}`,
  'vni-differs': ({ device, vni, network, expected }) => `${device} has VNI ${vni}, network ${network} is ${expected}`,
  'vxlan-source': ({ device, found, expected }) => `${device} sends from ${found ?? 'any address'}, the tunnel address is ${expected}`,
  'fdb-elsewhere': ({ device, label, destination, host, address }) =>
    `${device} sends frames for ${label} to ${destination}, but it is on ${host} (${address})`,
  'flood-list': ({ device, host, address }) =>
    `The flood list of ${device} lacks ${host} (${address}): broadcasts, and with them ARP, do not reach it`,
  'filter-missing': ({ device, host, label }) =>
    `Nothing on ${host} keeps ${label} from sending with other addresses: the filter of ${device} is missing`,
  'filter-drops-all': ({ device }) => `The filter of ${device} drops everything: the port was taken out of service`,
  'filter-mac': ({ device, mac }) => `The filter of ${device} does not let source MAC ${mac} pass`,
  'filter-arp': ({ device, address }) => `The filter of ${device} lets no ARP from ${address} pass`,
  'group-chain-missing': ({ chain, host, label }) => `Chain ${chain} is missing on ${host}: no security group filters ${label}. Plan again`,
  'groups-not-asked': ({ key, host, label }) =>
    `${key} is 0 on ${host}: iptables is not asked about frames that cross a bridge, and the security groups of ${label} do nothing`,
  'tap-vlan-missing': ({ device, host }) =>
    `${device} does not exist on ${host}: it went with the tap when the VM was restarted, or was never applied. Plan again`,

  'vm-undefined': ({ vm, host }) => `VM ${vm} is not defined on ${host}`,
  'vm-off': ({ vm, host }) => `VM ${vm} is not running on ${host}`,
  'vm-suspended': ({ vm, state }) => `VM ${vm} ${suspendedWords(state)}`,
  'vm-link-down': ({ vm, tap }) => `the cable between VM ${vm} and ${tap} is out (virsh domif-setlink)`,
  'vm-without-nic': ({ vm, tap, isUplink }) => `VM ${vm} has no NIC on ${tap}${isUplink ? ': its nested uplink is not plugged in' : ''}`,
  'vm-mac': ({ vm, found, expected, isUplink }) =>
    isUplink
      ? `The second NIC of VM ${vm} has MAC ${found}, the uplink has ${expected}`
      : `The NIC of VM ${vm} has MAC ${found}, the port has ${expected}`,
  'namespace-missing': ({ netns, host }) => `Namespace ${netns} does not exist on ${host}`,
  'address-missing': ({ device, netns, address }) => `${device} in ${netns} does not have the address ${address}`,
  'no-dhcp-server': ({ network, host }) => `No dnsmasq runs for network ${network} on ${host}: requests stay without answer`,

  'dropped-by-flow': ({ what, label, drop }) => `${packets[what]} of ${label} end here: ${explainDrop(drop)}`,
  'walk-ends': ({ what, label, end, cause }) =>
    `${packets[what]} of ${label} end here: ${explainWalkEnd(end) ?? 'nobody knows why'}${cause ? `: ${explainFloatingCause(cause)}` : ''}`,
  'leaves-untranslated': ({ netns, address, floating }) =>
    `Packets leave ${netns} with the address ${address}, to which nobody outside can answer: ${floating === null ? 'the rule that gives them the address of the router (SNAT) is missing' : `the rule that makes it ${floating} (SNAT) is missing`}`,
  'not-sent-on': ({ bridge, what, label, ports, port, why, isLearned }) => {
    const reason = (why && explainWalkEnd(why)) ?? (isLearned ? 'the MAC was learned there' : null)
    const sent = what === 'frames' ? 'frames' : 'ARP requests'
    const where =
      ports.length === 0
        ? `does not send ${sent} of ${label} to ${port}`
        : `sends ${sent} of ${label} to ${joinSome(ports, 3)}, not to ${port}`
    return `${bridge} ${where}${reason ? `: ${reason}` : ''}`
  },
  'into-other-vlan': ({ bridge, table, vlan, label, expected }) =>
    `${bridge}${table === null ? '' : ` T${table}`} hands the frame to local VLAN ${vlan ?? 'none'}, ${label} is in ${expected}`,
  'tags-differ': ({ label, tag, other, otherTag }) => `${label} has tag ${tag} and ${other} has tag ${otherTag}: br-int keeps them apart`,
  'leaves-with-tag': ({ bridge, table, tag, network, expected }) =>
    `${bridge} T${table} sends frames out ${tag === null ? 'untagged' : `with VLAN ${tag}`}, network ${network} is ${tagWord(expected)}`,
  'vlan-leak': ({ host, vlan, bridge, network }) =>
    `br-int of ${host} takes ${tagWord(vlan)} of ${bridge} for a network of its own: frames of ${network} are injected there`,
  'to-other-tunnels': ({ table, what, label, ports, host, address }) => {
    const there = ports.map(({ name, remote }) => (remote === null ? name : `${name} (${remote})`)).join(', ')
    return `br-tun T${table} sends ${what === 'frames' ? 'frames' : 'ARP requests'} for ${label} to ${there}, but it is on ${host} (${address})`
  },
  'sends-vni': ({ table, vni, network, expected }) => `br-tun T${table} sends VNI ${vni ?? 'none'}, network ${network} is ${expected}`,
  'not-handed-in': ({ table, host }) => `br-tun T${table} does not hand frames from ${host}'s tunnels to br-int`,
  'vni-into-other-vlan': ({ table, vni, vlan, label, expected }) =>
    `br-tun T${table} turns VNI ${vni} into local VLAN ${vlan ?? 'none'}, ${label} is in ${expected}`,

  'network-off': ({ network }) => `Network ${network} is administratively down in the design`,
  'port-off': ({ label }) => `The port${label === null ? '' : ` of ${label}`} is administratively down in the design`,
  'no-local-vlan': ({ network, host, isDesigned }) =>
    isDesigned
      ? `The design has chosen no local VLAN for ${network} on ${host} yet`
      : `Nothing on ${host} tells the local VLAN of ${network}`,
  'no-tunnel-endpoint': ({ host }) => `${host} has no tunnel endpoint in the design`,
  'not-mapped': ({ host, what }) => `The design maps no ${what === 'nic' ? 'NIC' : 'bridge'} of ${host} to the physical network`,
  'uplink-not-mapped': ({ host }) => `The design maps no bridge of ${host} to the wire of the uplink`,
  'design-ends': ({ end }) => `What the design builds carries frames no further: ${explainWalkEnd(end) ?? 'nobody knows why'}`,
  'nothing-behind': ({ device }) => `The design does not say what is behind ${device}`,
}

function outsideWords({ direction, nextHop, mac, nic, host }: DetailParams['outside']): string {
  const by = nic === null ? 'by no NIC' : `by ${nic} of ${host ?? '?'}`
  if (direction === 'from' && nic === null) return 'by a way that nothing here tells'
  if (direction === 'from') return `comes in ${by}, from ${mac ?? 'a MAC that no host has heard'}`
  return `to ${nextHop ?? 'whoever is there'} ${by}, ${mac === null ? 'whose MAC no host has heard' : `MAC ${mac}`}`
}

export const explainHopFinding = (finding: HopFinding): string => sayCoded(hopMessages, finding)

const details: Messages<DetailParams> = {
  end: ({ label, address }) => `${label}, ${address ?? 'no address'}`,
  address: ({ address }) => address ?? 'no address',
  'in-bridge': ({ bridge }) => `in ${bridge}`,
  'in-bridge-whole': ({ bridge }) => `in ${bridge}, all VLANs`,
  'linux-bridge': () => 'Linux bridge',
  'parent-tap': () => 'tap of the parent',
  'local-tag': ({ tag }) => localTag(tag),
  'guest-tag': ({ tag }) => `tag ${tag} (guest)`,
  'wire-to-local': ({ vlan, tag }) => `${tagWord(vlan)} → ${localTag(tag)}`,
  'wire-tag': ({ vlan }) => tagWord(vlan),
  'guest-vlan-of': ({ vlan, lower }) => `VLAN ${vlan} (guest) of ${lower}`,
  'vlan-of': ({ vlan, lower }) => `VLAN ${vlan} of ${lower}`,
  routed: ({ route, translated: { source, destination } }) =>
    [
      ...(route === null ? [] : [`route ${route}`]),
      ...(source === null ? [] : [`source becomes ${source}`]),
      ...(destination === null ? [] : [`destination becomes ${destination}`]),
    ].join(', '),
  patch: ({ inner, outer }) => `${inner} ┄ ${outer}`,
  'trunk-bridge': ({ vlan, outer }) => `${tagWord(vlan)} ↔ ${outer}`,
  vni: ({ vni, port }) => (port === null ? `VNI ${vni}` : `VNI ${vni}, ${port}`),
  tunnel: ({ vni, source, destination }) => `VNI ${vni}, ${source} → ${destination}`,
  underlay: ({ address, nic }) => `${address}, holds ${nic}`,
  outside: outsideWords,
  'hops-inside': ({ host, count }) => `host ${host}, ${count === 1 ? '1 hop' : `${count} hops`} inside`,
}

export const explainDetail = (detail: HopDetail): string => sayCoded(details, detail)

/** The second line of a hop, with what nobody knows of it. */
export const explainHopDetail = ({ detail, doubts }: Pick<PathHop, 'detail' | 'doubts'>): string =>
  [explainDetail(detail), ...doubts.map(doubtWords)].join('; ')

function doubtWords({ code, params }: HopDoubt): string {
  if (code === 'part-unknown') return `not known as a whole: ${sectionWords(params.part)}`
  return `${packets[params.what]} of ${params.label} cannot be followed here: ${explainWalkEnd(params.end) ?? 'nobody knows why'}`
}

export const noProofMessages: Messages<NoProofParams> = {
  'inside-guest': () => 'Inside the guest: the ping itself tells',
  'between-devices': ({ before, behind }) => `What is seen at ${before} and at ${behind} has crossed it`,
  'between-hosts': () => 'Between the hosts: what one NIC sends and the other receives has crossed it',
  'host-unread': ({ host }) => `${host} has not been read yet`,
  'flows-unknown': ({ part }) => `Not all flows are known (${sectionWords(part)}), so their counters prove nothing`,
  'hops-inside': () => 'Its hops are inside',
  outside: () => 'Outside of the cloud: what the NIC before it sends or receives is all that can be seen',
  'in-stack': () => 'Inside the router: what one of its ports receives and another sends has crossed it',
}

export const explainNoProof = (reason: NoProof): string => sayCoded(noProofMessages, reason)

const namesOf = ({ source, destination }: NoPathParams['different_networks']): string =>
  `${source.label} is on ${source.network}, ${destination.label} on ${destination.network}`

const noPaths: Messages<NoPathParams> = {
  same_port: () => 'A path needs two different ports.',
  unknown_port: ({ portId }) => `There is no port ${portId}.`,
  not_bound: ({ port, isOnHost }) => {
    if (port === null) return 'One of the ports is not on a host yet.'
    return `Port ${port} ${isOnHost ? 'is used by no VM and no DHCP server' : 'is bound to no host'}, so no path begins or ends there.`
  },
  on_other_hosts: ({ label, other }) =>
    other
      ? `${label} is not on ${other.host}, where ${other.label} is, and frames for it leave no host.`
      : `${label} stands on several hosts, and the other end does not say which one is meant.`,
  same_router: ({ label }) => `Both ends are ports of ${label}: what it sends itself leaves it by none of them.`,
  behind_router: ({ label, network, other, nearer }) =>
    `${label} is an end in ${network}, and ${other.label} is on ${other.network}: ${nearer ? `draw the path to its port there, ${nearer}` : 'the router has no port there'}.`,
  different_networks: (ends) => `${namesOf(ends)}: no router is known that joins the two networks.`,
  both_outside: () => 'Both ends are outside: a path begins or ends at a port or a floating IP of the cloud.',
  not_an_address_outside: ({ address }) => `${address} is no address that somebody outside can have: packets to it leave no network.`,
  own_address: ({ address, label, network, isFloating }) =>
    isFloating
      ? `${address} is not outside: it is ${label}. Choose that floating IP.`
      : `${address} is not outside: ${label} has it in ${network}. Choose that port.`,
  own_network: ({ address, network }) => `${address} is not outside: it is an address of ${network}, and no port has it.`,
  no_way_out: ({ label, network, router, outer }) => {
    const why = outer ? `${outer} is on no wire` : router === null ? 'it has no router' : `router ${router} has no gateway`
    return `Nothing leads out of ${network}, where ${label} is: ${why}.`
  },
  not_reached_from_outside: ({ label, floatingIp }) =>
    floatingIp === null
      ? `${label} is not reached from outside: it has no floating IP, and its router translates what comes back only.`
      : `${label} is not reached from outside by its own address: choose its floating IP ${floatingIp}.`,
  floating_ip_free: ({ address, forwardsPorts }) =>
    forwardsPorts
      ? `Floating IP ${address} leads to single ports of TCP and UDP, and a path is a ping: choose the port behind it.`
      : `Floating IP ${address} leads to no port, so that nobody answers for it.`,
}

export const explainNoPath = (noPath: NoPath): string => sayCoded(noPaths, noPath)
