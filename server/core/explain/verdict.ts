// What a verification found, in words. Sentences have no full stop: they stand behind one another.

import type {
  DhcpParams,
  GuestParams,
  HopName,
  LossParams,
  LossPlaceParams,
  LossReason,
  NotMeasuredParams,
  Stranger,
  Verdict,
  VerdictParams,
  WayIn,
} from '../path/verdict-params'
import type { TrafficKind } from '../path/traffic-kinds'
import { whyWords } from './unknown-part'
import { groupRuleWords } from './group-rule'
import { explainDrop, framesOf } from './drop'
import { hopMessages } from './hop'
import { sayCoded, type Messages } from './message'
import { mismatchWords } from './mismatch'

const kinds: Readonly<Record<TrafficKind, string>> = {
  'arp-request': 'ARP requests',
  'arp-reply': 'ARP replies',
  'echo-request': 'Echo requests',
  'echo-reply': 'Echo replies',
}
const inside = (kind: TrafficKind): string => kinds[kind].replace('Echo', 'echo')

const nameOf = ({ device, host }: HopName): string => (host === null ? device : `${device} of ${host}`)
const strangerWords = ({ port, bridge, host }: Stranger): string => `${port} is plugged into ${bridge} of ${host} and is not ours`

export const notMeasuredMessages: Messages<NotMeasuredParams> = {
  'host-unreadable': ({ host, said }) => `${host} could not be read: ${said}`,
  'switch-silent': ({ host, patienceS }) =>
    `Open vSwitch on ${host} does not answer: ovs-vswitchd runs but gave no reply within ${patienceS} s`,
}

export const guestMessages: Messages<GuestParams> = {
  'guest-without-vlan': ({ label, vlan, nic }) => `the guest of ${label} has no interface for VLAN ${vlan} on ${nic}`,
  'guest-without-nic': ({ label, mac, found }) =>
    `the guest of ${label} has no interface with the MAC ${mac} (it has ${found.map((nic) => `${nic.name} with ${nic.mac ?? 'none'}`).join(', ') || 'none at all'})`,
  'guest-down': ({ device, label }) => `${device} in the guest of ${label} is down`,
  'guest-without-address': ({ device, label, expected }) => `${device} in the guest of ${label} has no address; its port has ${expected}`,
  'guest-other-address': ({ device, label, found, expected }) =>
    `${device} in the guest of ${label} has ${found.join(', ')}; its port has ${expected}`,
  'guest-without-route': ({ label, address }) => `the guest of ${label} has no route to ${address}`,
  'guest-wrong-neighbour': ({ label, isPermanent, state, mac, address, other, expected }) =>
    `the guest of ${label} has ${isPermanent ? 'a permanent entry' : `an entry (${state})`} in its neighbour table that takes ${mac} for ${address}; the port of ${other} has ${expected}`,
}

export const dhcpMessages: Messages<DhcpParams> = {
  'dhcp-not-served': ({ network, label }) => `No subnet of ${network} serves ${label} by DHCP`,
  'dhcp-server-down': ({ network, host, label, kept }) =>
    `The DHCP server of ${network} does not run on ${host}: ${kept === null ? `${label} gets no address` : `${label} keeps ${kept} until its lease ends, and gets no next one`}`,
  'leases-unread': ({ network }) => `The leases of ${network} could not be read`,
  'no-lease': ({ label }) => `The server has no lease for ${label}`,
  'lease-differs': ({ label, leased, expected }) => `The server leased ${leased} to ${label}, its port has ${expected}`,
  'lease-unasked': ({ label, leased }) => `The server leased ${leased} to ${label}; the guest was not asked`,
  'lease-unused': ({ label, leased }) => `The server leased ${leased} to ${label}, but the guest has no address`,
  'lease-not-used': ({ label, found, expected }) => `${label} has ${found}, its port has ${expected}`,
  'lease-used': ({ label, leased }) => `${label} has its lease and uses ${leased}`,
  said: ({ said }) => said,
}

const between = (vteps: LossPlaceParams['underlay-loses']['vteps']): string =>
  vteps === null ? 'VTEP to VTEP' : `${vteps.source} → ${vteps.destination}`

const lossMessages: Messages<LossParams> = {
  ...hopMessages,
  ...guestMessages,
  dropped: ({ drop }) => explainDrop(drop),
  'foreign-drop': ({ bridge, table, priority, match, packets }) =>
    `${bridge} T${table} drops: a flow that is not ours, "priority=${priority}${match && `,${match}`} actions=drop", counted ${packets}`,
  'filter-rule': ({ family, table, chain, position, text, isOurs, packets, owner }) => {
    const where = `${chain} (${family === 'bridge' ? 'ebtables' : 'iptables'}, table ${table})`
    const what = position === null ? `the policy of ${where} drops them` : `rule ${position} of ${where} ends them: "${text}"`
    const why = groupRuleWords({ chain, text, port: owner?.port ?? null, groups: owner?.groups.join(', ') ?? '' })
    return `${why === null ? '' : `${why}: `}${what}; it counted ${packets} during the ping${isOurs ? '' : ' and is not ours'}`
  },
  'wrong-aim': ({ label, mac, other }) =>
    `${label} takes ${mac} for ${other}: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine`,
  'underlay-loses': ({ vteps }) => `the network between the hosts loses UDP 4789 (${between(vteps)}): firewall, route or MTU`,
  'wire-does-not-pass': ({ vlan }) => `the switch between the hosts does not pass ${framesOf(vlan)}`,
  'no-way-to-vtep': ({ vteps, by }) =>
    by === 'kernel'
      ? `the kernel found no way to the other VTEP (${between(vteps)}): no forwarding entry, no route, or nobody answers ARP for it`
      : `Open vSwitch found no way to the other VTEP (${between(vteps)}): no route, or nobody answers ARP for it`,
  'no-tunnel-port-takes': () =>
    'no tunnel port takes frames with these outer addresses, MAC and IP, or a firewall on the host drops UDP 4789',
  'no-vxlan-device-takes': () => 'no VXLAN device takes frames with this VNI and this address, or a firewall on the host drops UDP 4789',
  'no-vlan-device-takes': ({ vlan }) => `no VLAN interface takes VLAN ${vlan} off the NIC`,
  'no-tap-vlan': () => 'no VLAN interface on the tap carries the VLAN id that the guest uses',
  'ebtables-drops': () => 'the filter of the port (ebtables) drops them: the guest uses another MAC or address than the port has',
  'qbr-holds-back': ({ direction }) => `qbr or iptables on it (security group, ${direction}) holds them back`,
  'br-int-does-not-deliver': () => 'br-int does not deliver them to this port',
  'router-holds-back': ({ netns }) => `${netns} does not send them on: a rule of its iptables, no route, or nobody who answers its ARP`,
  'ovs-does-not-take': () => 'Open vSwitch does not take them from its device: the port may be of a device that was made anew since',
  'trunk-takes-elsewhere': () =>
    'the port of the trunk bridge for that VLAN id is in place; a flow of the trunk bridge, or what it learned, takes them elsewhere',
  'trunk-has-no-port': () => 'no port of the trunk bridge carries the VLAN id that the guest uses',
}

const because = (what: string, why: readonly LossReason[]): string =>
  why.length === 0 ? what : `${what}: ${why.map((reason) => sayCoded(lossMessages, reason)).join('; ')}`

/** More names say less. */
const MAX_NAMES = 4

const wayInWords = ({ label, address }: WayIn): string =>
  `${label} sent them: nobody here can send from ${address}, so that the way in is proven by its replies`

function agreement(unmeasured: readonly HopName[]): string {
  if (unmeasured.length === 0) return 'every hop agrees'
  const more = unmeasured.length > MAX_NAMES ? ` and ${unmeasured.length - MAX_NAMES} more` : ''
  return `every hop that was measured agrees; not measured: ${unmeasured.slice(0, MAX_NAMES).map(nameOf).join(', ')}${more}`
}

const messages: Messages<VerdictParams> = {
  ...hopMessages,
  ...guestMessages,
  ...dhcpMessages,
  ...notMeasuredMessages,
  answered: ({ transmitted, unmeasured, wayIn }) =>
    `All ${transmitted} echo requests were answered and ${agreement(unmeasured)}${wayIn ? `. ${wayInWords(wayIn)}` : ''}`,
  'answered-in-part': ({ received, transmitted }) => `Only ${received} of ${transmitted} echo requests were answered`,
  'answered-but': ({ transmitted, finding, wayIn }) =>
    `All ${transmitted} echo requests were answered, but: ${words(finding)}${wayIn ? `. ${wayInWords(wayIn)}` : ''}`,
  'with-finding': ({ what, finding }) => `${explainVerdict(what)}: ${words(finding)}`,
  'hosts-mute': ({ hosts }) => hosts.map((host) => sayCoded(notMeasuredMessages, host)).join(' '),
  'two-macs': ({ address, mac, label, other, strangers }) =>
    [`Two MACs answer ARP for ${address}: ${mac} of ${label} and ${other}`, ...strangers.map(strangerWords)].join('; '),
  'other-mac': ({ address, mac, label, other, strangers }) =>
    [`${other} answers ARP for ${address}, the port of ${label} has ${mac}`, ...strangers.map(strangerWords)].join('; '),
  stranger: strangerWords,
  'no-ping': () => 'The ping did not run',
  'no-address-to-ping': ({ label }) => `${label} has no address to ping`,
  'ping-failed': ({ label, said }) => `ping could not be run at ${label}: ${said}`,
  'guest-unread': ({ label, host, part }) =>
    `Whether ${label} runs on ${host} is not known (${whyWords(part.why)}), so it cannot be asked to ping`,
  'guest-without-agent': ({ label }) => `${label} is not running or has no guest agent, so it cannot be asked to ping`,
  'guest-agent-silent': ({ label }) => `The guest agent of ${label} does not answer, so it cannot be asked to ping`,
  cancelled: () => 'Cancelled. Nothing was left running on the hosts.',
  'broke-off': ({ said }) => `The verification broke off: ${said}`,
  'console-stopped': () => 'The console stopped while this verification was going. Start it again.',

  'packets-differ': ({ kind, at, mismatches, why }) => because(`${kinds[kind]} reach ${nameOf(at)} with ${mismatchWords(mismatches)}`, why),
  'packets-lost': ({ kind, from, at, seen, wanted, why }) => {
    const amount = seen === 0 ? 'none reach' : `only ${seen} of ${wanted} reach`
    return because(`${kinds[kind]} leave ${nameOf(from)}, ${amount} ${nameOf(at)}`, why)
  },
  'not-heard-before': ({ kind, label, at, unheard, seen, wanted, why }) => {
    const amount = seen > 0 ? `Only ${seen} of ${wanted}` : 'No'
    return because(`${amount} ${inside(kind)} of ${label} reach ${nameOf(at)}; nothing listened at ${nameOf(unheard)} before it`, why)
  },
  'sent-in-part': ({ kind, label, at, seen, wanted, why }) =>
    because(`${label} sent only ${seen} of ${wanted} ${kinds[kind].toLowerCase()} through ${nameOf(at)}`, why),
  'never-sent': ({ kind, label, to, at, why }) => because(`${label} sends no ${inside(kind)} for ${to} through ${nameOf(at)}`, why),
  'no-answer': ({ kind, label, to, why }) =>
    because(`${label} does not answer ${kind === 'arp-reply' ? 'ARP' : 'the ping'} from ${to}`, why),
}

/** To stand behind something else. */
const words = (verdict: Verdict): string => sayCoded(messages, verdict)

/** Where it stands alone. A name of a device keeps its letters. */
export const explainVerdict = (verdict: Verdict): string => words(verdict).replace(/^the /, 'The ')
