// What lint finds, in sentences.

import type { LintParams } from '../lint/lint-params'
import type { Messages } from './message'
import { GROUPS_DO_NOTHING, IPTABLES_IS_BLIND } from './unfiltered-frames'
import { joinWords, quoted } from './words'

const share = (one: string, other: string): string => `${quoted(one)} and ${quoted(other)} share a wire`
const INJECTED =
  'the provider bridge of either cloud floods such a frame to br-int, which takes it for its own network: frames would be injected into a foreign network'
const RESERVED_FOR: Record<LintParams['mac-base-reserved']['reservedFor'], string> = {
  routers: 'the routers of hosts',
  uplinks: 'the NICs of nested uplinks',
}

export const lintMessages: Messages<LintParams> = {
  'wire-vlan-ranges': ({ other, min, max }, name) =>
    `${share(name, other)}, and the VLAN ranges of both have ${min === max ? `VLAN ${min}` : `VLANs ${min} to ${max}`}: ${INJECTED}.`,
  'wire-vlan-in-range': ({ other, network, vlan }, name) =>
    `${share(name, other)}, and network ${quoted(network)} of ${quoted(other)} has VLAN ${vlan}, which is in the ranges of ${quoted(name)}: ${INJECTED}.`,
  'wire-segment': ({ other, networks: [one, same], vlan }, name) =>
    `${share(name, other)}, and networks ${quoted(one)} and ${quoted(same)} on it ${vlan === null ? 'are both untagged' : `both have VLAN ${vlan}`}: ${INJECTED}.`,
  // Random addresses of one base meet sooner or later.
  'wire-mac-base': ({ other, macBase }, name) =>
    `${share(name, other)}, and the ports of both get MAC addresses of ${macBase}: two clouds that know nothing of each other would give the same address twice, and bridges between them take it for one port: frames would be injected into a foreign network.`,
  'mac-base-reserved': ({ macBase, reservedFor }, name) =>
    `${macBase} is where the console takes the addresses of ${RESERVED_FOR[reservedFor]} from; give ${quoted(name)} another MAC base.`,
  'carrier-without-uplink': ({ carrier }, name) =>
    `${quoted(name)} travels on the wire of ${quoted(carrier)}, but no VM has a nested uplink to ${quoted(carrier)}.`,
  'underlay-without-router': ({ cluster, vip }, name) =>
    `Host ${quoted(name)} sends to gateway cluster ${quoted(cluster)}, and has no router of the underlay in its tunnel settings: unless its own routes lead to ${vip}, nothing gets out by the cluster.`,
  'router-without-host': ({ networks, isDistributed }, name) =>
    isDistributed
      ? `No network host can carry all networks of router ${quoted(name)} (${joinWords(networks)}): its central part runs nowhere, and what has no floating IP does not get out. Prepare a host with the role network that switches with Open vSwitch and has a way to each of them, or switch SNAT off.`
      : `No network host can carry all networks of router ${quoted(name)} (${joinWords(networks)}): it runs nowhere, and routes nothing. Prepare a host with the role network that has a way to each of them.`,
  'subport-unfiltered': ({ trunk, groups }, name) =>
    `${name} is ${groups.length === 0 ? 'in no security group, which would let nothing pass' : `in security ${groups.length === 1 ? 'group' : 'groups'} ${joinWords(groups.map(quoted))}`}, but its frames cross the bridge of ${quoted(trunk)} ${IPTABLES_IS_BLIND}. What it may send is limited to its own MAC and addresses by br-int (tables 24 and 25); ${GROUPS_DO_NOTHING}`,
}
