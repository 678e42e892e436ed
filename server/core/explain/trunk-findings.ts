// What is wrong with a trunk, in sentences: what stands there, what should, and where the frames really go.

import { explainUnknownPart } from './unknown-part'
import { INTEGRATION_BRIDGE } from '../naming'
import type { AgentKind } from '../topology/kinds/host/host'
import type { DeadEndParams, Header, HopValueParams, LeadsTo, TrunkParams } from '../trunk/trunk-params'
import { faultWords, suspendedWords } from './host'
import { sayCoded, type Messages } from './message'
import { joinSome, plural, quoted, sentences } from './words'

/** 0 is a guest's untagged frame. */
export const guestVlanWords = (vlan: number): string => (vlan === 0 ? 'untagged' : `VLAN ${vlan}`)
const framesOf = (vlan: number): string => (vlan === 0 ? 'Untagged frames' : `Frames with VLAN ${vlan}`)
const onVlan = (vlan: number): string => (vlan === 0 ? 'untagged' : `on VLAN ${vlan}`)
const counted = (frames: number | null): string => (frames === null ? '' : ` (${plural(frames, 'frame')})`)

const headerWords = ({ vlan, vni, lower }: Header): string =>
  vni !== null ? `VNI ${vni}` : `${guestVlanWords(vlan)}${lower !== undefined && vlan !== 0 ? ` of ${lower}` : ''}`
const carried = ({ tag, vlans }: HopValueParams['carries']): string =>
  tag !== null ? `tag ${tag}` : vlans.length > 0 ? `VLANs ${vlans.join(', ')}` : 'all VLANs'

const MAC_CONSEQUENCE: Record<AgentKind, string> = {
  openvswitch: `${INTEGRATION_BRIDGE} drops it in table 25.`,
  linuxbridge: 'the filter of the port drops it.',
}

const deadEnds: Messages<DeadEndParams> = {
  'nobody-has-tag': ({ bridge, tag }) => `no patch port of ${bridge} has tag ${tag}`,
  'nobody-has-id': ({ tap, vlan }) => `no VLAN interface on ${tap} has id ${vlan}`,
  'joined-to-nothing': ({ device, bridge }) => `${device} is joined to nothing on ${bridge}`,
  'no-tag': ({ device }) => `${device} has no tag`,
  'dead-tag': ({ device, tag }) => `${device} has the dead VLAN ${tag}`,
  'tag-of-nobody': ({ device, tag }) => `tag ${tag} of ${device} is no network's local VLAN`,
  'in-no-network': ({ device }) => `${device} is in no bridge of a network`,
}

function whereTo(vlan: number, { networks, deadEnds: ends }: LeadsTo): string {
  if (networks.length > 0) return `${framesOf(vlan)} reach ${joinSome(networks)}`
  return `${framesOf(vlan)} reach no network: ${ends.map((end) => sayCoded(deadEnds, end)).join(', ')}`
}
const alsoWhereTo = (vlan: number, leadsTo: LeadsTo | null): string | null => leadsTo && `${whereTo(vlan, leadsTo)}.`

export const trunkMessages: Messages<TrunkParams> = {
  'parent-unused': () => 'The parent is used by no VM yet.',
  'plan-applying': () => 'A plan is being applied to its host.',
  'host-unread': () => 'The host of the parent has not been read yet.',
  'host-unknown': ({ part }) => `It is not known: the host of the parent did not tell its ${explainUnknownPart(part)}.`,
  'trunk-not-built': ({ bridge }) => `${bridge} is not built yet. Apply the design.`,
  'subports-not-applied': ({ added, removed }) =>
    `Subports were changed and are not applied yet: ${listCounts([added, 'added'], [removed, 'removed'])}.`,
  'subports-not-wired': ({ missing, extra }) =>
    `Subports: ${listCounts([missing, 'not wired (new, or lost when the VM was restarted)'], [extra, 'to be taken away'])}. Apply the design.`,
  'vm-undefined': (_, name) => `VM ${name} is not defined on its host yet. Apply the design.`,
  'vm-off': (_, name) => `VM ${name} is not running.`,
  'vm-suspended': (state, name) => `VM ${name} ${suspendedWords(state)}.`,
  'tap-missing': ({ tap }, name) => `${tap} of VM ${name} is not there. Apply the design.`,

  'no-port-of-bridge': ({ device, bridge }) => `${device} is not a port of ${bridge}.`,
  'device-missing': ({ device }) => `${device} is not there. Apply the design.`,
  'not-in-bridge': ({ device, bridge }) => `${device} of the parent is not in ${bridge}.`,
  'bridge-without-flows': ({ bridge }) => `${bridge} has no flows and drops everything. Apply the design.`,
  'subport-ids-missing': ({ device }) => `${device} does not say which subports it has (external_ids:subport_ids).`,
  'vif-cuts-vlans': ({ device, ...carries }) => `${device} lets only ${carried(carries)} pass: VLANs of the guest are cut off.`,
  'ovs-cannot-use': (fault) => `${faultWords(fault)}.`,

  'patch-missing': ({ device, bridge }, name) => `${device} of ${quoted(name)} is missing on ${bridge}.`,
  'patch-peer': ({ device, peer, expected }, name) => `${device} of ${quoted(name)} leads to ${peer ?? 'nothing'}, not to ${expected}.`,
  'patch-guest-tag': ({ device, tag, guestVlan }, name) =>
    `${device} of ${quoted(name)} has tag ${tag ?? 'none'}, the guest uses ${guestVlan === 0 ? 'no VLAN' : `VLAN ${guestVlan}`}.`,
  'patch-untagged': ({ device }, name) => `${device} of ${quoted(name)} has no tag: its frames stay outside every local VLAN.`,
  'patch-alive': ({ device, tag }, name) =>
    `${device} of ${quoted(name)} has tag ${tag}, but the port or its network is administratively down.`,
  'patch-local-tag': ({ device, tag, localVlan }, name) =>
    `${device} of ${quoted(name)} has tag ${tag}, its network has local VLAN ${localVlan} there.`,
  'patch-mac': ({ device, mac, expected }, name) => `${device} of ${quoted(name)} carries MAC ${mac ?? 'none'}, the port has ${expected}.`,
  'patch-flows': ({ device, bridge, missing, of }, name) =>
    `${bridge} lacks ${plural(missing, 'flow')} of ${of} for ${device} of ${quoted(name)}.`,
  'mac-let-pass': ({ device, mac, expected }) =>
    `Table 25 of ${INTEGRATION_BRIDGE} lets MAC ${mac} pass on ${device}, the port has ${expected}.`,

  'vlan-device-elsewhere': ({ device, tap }, name) => `${device} of ${quoted(name)} is no VLAN interface on ${tap}.`,
  'vlan-device-id': ({ device, vlan, guestVlan }, name) =>
    `${device} of ${quoted(name)} has VLAN id ${vlan}, the guest uses VLAN ${guestVlan}.`,
  'vlan-device-bridge': ({ device, bridge }, name) => `${device} of ${quoted(name)} is not in ${bridge}, its network's bridge.`,
  'vlan-device-down': ({ device }, name) => `${device} of ${quoted(name)} is down.`,
  'header-differs': ({ device, found, expected }) => `${device} is ${headerWords(found)}, it should be ${headerWords(expected)}.`,
  'bridge-differs': ({ device, found, expected }) =>
    `${device} is ${found === null ? 'in no bridge' : `in ${found}`}, it belongs into ${expected}.`,
  'filter-missing': ({ device }) => `Nothing keeps a wrong address from passing ${device}: its filter is missing.`,
  'filter-keeps-mac': ({ device, mac }) => `The filter of ${device} does not let MAC ${mac} pass.`,
  'link-missing': ({ device }) => `${device} is missing on the host.`,

  'guest-mac': ({ device, vlan, mac, expected, agentKind }) =>
    `${device} in the guest (${guestVlanWords(vlan)}) has MAC ${mac}, the port has ${expected}: ${MAC_CONSEQUENCE[agentKind]}`,
  'guest-vlan': ({ device, vlan, expected, leadsTo }) =>
    sentences(
      `${device} in the guest has this port's MAC ${onVlan(vlan)}, the trunk has the port ${onVlan(expected)}.`,
      alsoWhereTo(vlan, leadsTo),
    ),
  'sent-mac': ({ vlan, mac, frames, expected, agentKind }) =>
    `The guest sends ${onVlan(vlan)} with MAC ${mac}${counted(frames)}, the port has ${expected}: ${MAC_CONSEQUENCE[agentKind]}`,
  'sent-vlan': ({ vlan, frames, expected, leadsTo }) =>
    sentences(
      `The guest sends with this port's MAC ${onVlan(vlan)}${counted(frames)}, the trunk has the port ${onVlan(expected)}.`,
      alsoWhereTo(vlan, leadsTo),
    ),
  'stray-interface': ({ device, vlan, leadsTo }) =>
    sentences(`${device} in the guest is ${onVlan(vlan)}, which no subport has.`, alsoWhereTo(vlan, leadsTo)),
  'stray-frames': ({ vlan, mac, frames, leadsTo }) =>
    sentences(
      `The guest sends ${onVlan(vlan)} with MAC ${mac}${counted(frames)}: no port of the trunk has that VLAN.`,
      alsoWhereTo(vlan, leadsTo),
    ),

  'lost-before-bridge': ({ vlan, bridge }) =>
    `${framesOf(vlan)} leave the guest, but do not reach ${bridge}: they are lost between tap and qvo.`,
  'enters-by': ({ mac, bridge, device }) => `Frames with MAC ${mac} enter ${bridge} by ${device}.`,
  'leaves-patch-in': ({ device, localVlan }) => `Frames come out of ${device} in local VLAN ${localVlan}.`,
  'lost-in-patch': ({ outer, inner }) =>
    `Frames reach the trunk bridge, but none of them passes ${outer} and ${inner}: the patch is broken, or tables 24 and 25 of ${INTEGRATION_BRIDGE} drop an address that is not the port's.`,
  'not-taken': ({ vlan, device }) =>
    `${framesOf(vlan)} leave the guest, but none of them enters a bridge by ${device}: it takes another VLAN, is down, or its filter drops an address that is not the port's.`,
  'leaves-as': ({ device, mac, header, expected, nic }) =>
    `Frames with MAC ${mac} leave ${device} ${header.vni === null && header.vlan === 0 ? 'untagged' : `with ${headerWords(header)}`}, their network is ${headerWords(expected)} at ${nic} there.`,
  'learned-in': ({ vlan, network, expected }) =>
    `${framesOf(vlan)} were learned in ${network === null ? 'a local VLAN of no network' : `network ${network}`}; they belong to ${expected}.`,
  'network-differs': ({ vlan, leadsTo, expected }) => `${whereTo(vlan, leadsTo)}; they belong to ${expected}.`,

  'stranger-on-bridge': ({ bridge }, name) => `${name} is on ${bridge}, but belongs to no port of this trunk. It gets frames of the guest.`,
  'subport-of-nobody': ({ bridge, portId }, name) => `${name} on ${bridge} joins port ${portId}, which is no subport of this trunk.`,
  'patch-to-nothing': ({ tag }, name) =>
    `${name} on ${INTEGRATION_BRIDGE} (tag ${tag ?? 'none'}) leads to nothing: left behind by a trunk that is gone, as Neutron's agents do.`,
  'bridge-of-nobody': (_, name) => `${name} belongs to no trunk of the design.`,
}

/** What stands at a hop, in few words: "VLAN 301", "tag 3 (local)". */
export const hopValueMessages: Messages<HopValueParams> = {
  interfaces: ({ list }) => list.map(({ vlan, mac }) => `${guestVlanWords(vlan)}, ${mac}`).join('; '),
  carries: carried,
  tag: ({ tag, isLocal }) => `tag ${tag ?? 'none'}${isLocal ? ' (local)' : ''}`,
  'no-local-vlan': () => 'no local VLAN yet',
  header: headerWords,
  member: ({ device, bridge, isHere }) => (isHere ? `has ${device}` : `${device} is in ${bridge ?? 'no bridge'}`),
  networks: ({ names }) => names.join(', ') || 'no network',
}

const listCounts = (...counts: readonly (readonly [count: number, what: string])[]): string =>
  counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ')
