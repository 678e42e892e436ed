// The rules of a gateway cluster, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names, Pool } from '../../rule-values'

export interface GatewayClusterRules {
  'gateway-members-none': {}
  'gateway-member-unique': { host: string }
  'gateway-member-role': { host: string }
  'gateway-member-agent': { host: string }
  'gateway-member-tunnel': { host: string }
  'gateway-member-taken': { host: string; cluster: string }
  'gateway-member-peer': { host: string; tunnel: string }
  'gateway-network-external': { network: string }
  'gateway-functions-none': {}
  'gateway-vip-usable': { vip: string }
  'gateway-vip-subnet': { vip: string; subnet: string; network: string; cidr: string }
  'gateway-vip-underlay': { vip: string; host: string; cidr: string }
  'gateway-vip-unique': { vip: string; cluster: string }
  'gateway-as': { most: number }
  'gateway-peer-usable': { address: string }
  'gateway-peer-unique': { address: string }
  'gateway-peer-own': { address: string; of: string }
  'gateway-peer-off-link': { address: string; network: string }
  'gateway-uplink-peer': { network: string }
  'gateway-pools-none': {}
  'gateway-pool-subnet': { pool: Pool; network: string }
  'gateway-pool-address': { pool: Pool; address: string; is: 'gateway' | 'peer' }
  'gateway-pool-straddles': { pool: Pool; allocationPool: Pool; subnet: string }
  'gateway-pool-overlap': { pool: Pool; other: Pool; cluster: string }
  'gateway-floating-ips-not-offered': { cluster: string; router: string; floatingIps: Names }
  'gateway-floating-ips-outside': { cluster: string; router: string; floatingIps: Names }
  'gateway-snat-not-offered': { cluster: string; router: string }
  'gateway-pools-exhausted': { cluster: string }
  'gateway-uplink-exhausted': { cluster: string; host: string; network: string }
  'gateway-record-cloud': { cloud: string }
  'gateway-record-unique': { address: string }
  'gateway-record-place': { vmIp: string; vni: number; vtep: string }
  'gateway-record-outside': { address: string; cluster: string }
  'gateway-record-taken': { address: string; port: string }
  'gateway-record-vtep': { vtep: string; host: string }
  'gateway-record-vni': { most: number }
  'gateway-cluster-in-use': { cluster: string; routers: Names }
}

const printed = ({ start, end }: Pool): string => `${start}–${end}`

export const gatewayClusterViolations: Messages<GatewayClusterRules> = {
  'gateway-members-none': () => 'A gateway cluster has at least one member: nothing would lead out by it.',
  'gateway-member-unique': ({ host }) => `Host ${quoted(host)} is listed twice.`,
  'gateway-member-role': ({ host }) => `Host ${quoted(host)} is no gateway host; a member of a cluster has the role gateway.`,
  'gateway-member-agent': ({ host }) => `Host ${quoted(host)} has Linux bridge; a gateway translates with flows of Open vSwitch.`,
  'gateway-member-tunnel': ({ host }) => `Host ${quoted(host)} has no tunnel address, by which a gateway is in the underlay.`,
  'gateway-member-taken': ({ host, cluster }) => `Host ${quoted(host)} is a member of gateway cluster ${quoted(cluster)} already.`,
  'gateway-member-peer': ({ host, tunnel }) =>
    `No BGP peer is a neighbour of host ${quoted(host)} (${tunnel}) in the underlay: nobody would know the way to the cluster by it.`,
  'gateway-network-external': ({ network }) =>
    `Network ${quoted(network)} is not external; a gateway cluster leads out by an external network.`,
  'gateway-functions-none': () => 'Choose what the cluster does: floating IPs, SNAT, or both.',
  'gateway-vip-usable': ({ vip }) => `${vip} is not an address that a host can have.`,
  'gateway-vip-subnet': ({ vip, subnet, network, cidr }) =>
    `The VIP ${vip} would be an address of ${cidr} of subnet ${quoted(subnet)} in network ${quoted(network)}; it is an address of the underlay that no network has.`,
  'gateway-vip-underlay': ({ vip, host, cidr }) =>
    `The VIP ${vip} would be an address of the underlay subnet ${cidr} of host ${quoted(host)}; hosts there would look for it next door, and not by a router. Take one outside.`,
  'gateway-vip-unique': ({ vip, cluster }) => `${vip} is the VIP of gateway cluster ${quoted(cluster)}.`,
  'gateway-as': ({ most }) => `An AS number is a whole number from 1 to ${most}.`,
  'gateway-peer-usable': ({ address }) => `${address} is not an address that a BGP peer can have.`,
  'gateway-peer-unique': ({ address }) => `The peer ${address} is listed twice.`,
  'gateway-peer-own': ({ address, of }) => `${address} is an address of ${of} itself, and no peer.`,
  'gateway-peer-off-link': ({ address, network }) =>
    `${address} is neither in a subnet of ${quoted(network)} nor in the underlay subnet of a member: peers are neighbours.`,
  'gateway-uplink-peer': ({ network }) =>
    `No BGP peer is in a subnet of the external network ${quoted(network)}: nobody outside would know the way to its floating IPs.`,
  'gateway-pools-none': () => 'A gateway cluster has at least one pool, to give floating IPs and addresses for SNAT from.',
  'gateway-pool-subnet': ({ pool, network }) => `${printed(pool)} is not within one subnet of the external network ${quoted(network)}.`,
  'gateway-pool-address': ({ pool, address, is }) =>
    `${printed(pool)} has ${address}, which is ${is === 'gateway' ? 'the gateway of its subnet' : 'a BGP peer'}.`,
  'gateway-pool-straddles': ({ pool, allocationPool, subnet }) =>
    `${printed(pool)} is partly inside and partly outside ${printed(allocationPool)}, a pool of subnet ${quoted(subnet)}: have it inside, or outside of all of them.`,
  'gateway-pool-overlap': ({ pool, other, cluster }) =>
    `${printed(pool)} overlaps ${printed(other)} of gateway cluster ${quoted(cluster)}: only one may announce an address.`,
  'gateway-floating-ips-not-offered': ({ cluster, router, floatingIps }) =>
    `Gateway cluster ${quoted(cluster)} does not do floating IPs, and router ${quoted(router)} has some: ${joinQuoted(floatingIps)}.`,
  'gateway-floating-ips-outside': ({ cluster, router, floatingIps }) =>
    `Router ${quoted(router)} leads out by gateway cluster ${quoted(cluster)}, whose pools do not have ${joinQuoted(floatingIps)}.`,
  'gateway-snat-not-offered': ({ cluster, router }) =>
    `Gateway cluster ${quoted(cluster)} does not do SNAT: switch it off for router ${quoted(router)}, or on for the cluster.`,
  'gateway-pools-exhausted': ({ cluster }) => `All addresses in the pools of gateway cluster ${quoted(cluster)} are taken.`,
  'gateway-uplink-exhausted': ({ cluster, host, network }) =>
    `No subnet of network ${quoted(network)} with a BGP peer has an address outside the pools of gateway cluster ${quoted(cluster)} left for host ${quoted(host)}.`,
  'gateway-record-cloud': ({ cloud }) => `Records of ${quoted(cloud)} follow from this design; what is imported comes from other clouds.`,
  'gateway-record-unique': ({ address }) => `There are two records of ${address}.`,
  'gateway-record-place': ({ vmIp, vni, vtep }) =>
    `There are two records of ${vmIp} in VNI ${vni} at ${vtep}: nothing in a packet would tell which floating IP it leaves with.`,
  'gateway-record-outside': ({ address, cluster }) => `${address} is not in the pools of gateway cluster ${quoted(cluster)}.`,
  'gateway-record-taken': ({ address, port }) => `${address} is taken by ${quoted(port)} of this design.`,
  'gateway-record-vtep': ({ vtep, host }) => `${vtep} is the tunnel address of host ${quoted(host)} of this design, and of no other cloud.`,
  'gateway-record-vni': ({ most }) => `A VNI is a whole number from 1 to ${most}.`,
  'gateway-cluster-in-use': ({ cluster, routers }) => `Routers lead out by gateway cluster ${quoted(cluster)}: ${joinQuoted(routers)}.`,
}
