// A member of a gateway cluster (docs/reference/cloud-gateway.md). br-gw takes tunnels for the cluster's VIP, from wherever they come, and its flows translate
// between addresses of VMs and addresses that are the cluster's. What they let out is routed in a namespace of the cluster: by its port in the external
// network to the world, and from there all back to the flows. The namespace is told no route: who reaches it is told by BIRD (bird.ts). What has no
// floating IP has an address of 240.0.0.0/4 between the flows and the namespace, where it takes the member's own (SNAT).

import { mergeHostStates, type HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { gatewayNamespace, gwiName, gwName, GATEWAY_BRIDGE, GATEWAY_TUNNEL, type Owner, vtepLabel } from '../../naming'
import { isInPools } from '../../topology/gateway-clusters'
import type { Member } from '../../topology/gateway-records'
import type { GatewayCluster } from '../../topology/kinds/gateway-cluster/gateway-cluster'
import type { Host, Tunnel } from '../../topology/kinds/host/host'
import type { Port } from '../../topology/kinds/port/port'
import { maxMtuOf } from '../../topology/mtu'
import { driverOf } from '../agent-drivers'
import { addressesOf, chainWithJump, isInSubnet, subnetOf } from '../inside-namespace'
import { ovsPort, secureBridge } from '../openvswitch/integration-bridge'
import type { HostScope } from '../scope'
import { routesBeyond, underlayDevice } from '../underlay-routes'
import { underlaySpeaker, uplinkSpeaker } from './bird'
import { FLOWS_MAC, INSIDE_MAC, memberFlows, UNTRANSLATED } from './member-flows'

/** On gwi: the namespace, and the flows behind it, whom nobody else is to ask for. */
const INSIDE = { own: '169.254.0.1/30', flows: '169.254.0.2' } as const
/** Routes of what comes from outside, and of what comes from VMs. Neither asks the main table, which knows the member's neighbours. */
const FROM_OUTSIDE = { table: '100', priority: 100 } as const
const FROM_VMS = { table: '101', priority: 101 } as const
/** Before both: answers to what a VM sent to a floating IP of its own cluster come from gwi, too. */
const TO_VMS_PRIORITY = 99

export function compileGatewayMember(scope: HostScope, member: Member): Partial<HostState> {
  const { cluster, port } = member
  const { tunnel } = scope.host
  invariant(tunnel, `no tunnel on member ${scope.host.name}`)
  const place = { netns: gatewayNamespace(cluster.id), device: gwName(port.id) }
  const own = { uplink: uplinkPort(member), snat: snatAddress(member) }
  return mergeHostStates([
    inUnderlay(scope.host, tunnel, member),
    bridge(scope, cluster, place.netns),
    { flows: memberFlows(scope, cluster, member.translated) },
    driverOf(scope.host).plugInside(scope, port, scope.network(port.networkId), place),
    { addresses: addressesOf(scope, own.uplink, place) },
    routing(scope, member, own.uplink, place),
    { iptables: chains(place.netns, place.device, gwiName(cluster.id), own.snat) },
    { services: [...underlaySpeaker(tunnel, cluster), ...uplinkSpeaker(scope, member, own.uplink, own.snat)] },
  ])
}

/** Without the address of SNAT, which is none of the device's: a member that had it would take what it sent and what comes back for a forgery. */
const uplinkPort = ({ cluster, port }: Member): Port => ({
  ...port,
  fixedIps: port.fixedIps.filter(({ ipAddress }) => !isInPools(cluster, ipAddress)),
})

const snatAddress = ({ cluster, port }: Member): string | null =>
  port.fixedIps.find(({ ipAddress }) => isInPools(cluster, ipAddress))?.ipAddress ?? null

/** The VIP is an address of every member, where its tunnel address is; other underlay subnets are behind the router there. */
function inUnderlay(host: Host, tunnel: Tunnel, { cluster, translated }: Member): Partial<HostState> {
  const link = underlayDevice(host, tunnel)
  return {
    addresses: [{ netns: '', link, cidr: `${cluster.vip}/32`, ...(link === tunnel.nic && { label: vtepLabel(tunnel.nic) }) }],
    routes: routesBeyond(
      host,
      translated.map(({ vtep }) => vtep),
    ),
  }
}

/** One tunnel port for all: flows tell where to, by the tunnel's own fields. It has the VIP for its source, or hosts would not know it. */
function bridge(scope: HostScope, cluster: GatewayCluster, netns: string): Partial<HostState> {
  const owner: Owner = { kind: 'gateway', id: cluster.id }
  const [link, mtu] = [gwiName(cluster.id), maxMtuOf('vxlan', null)]
  return {
    namespaces: [{ name: netns, owner }],
    ovsBridges: [secureBridge(GATEWAY_BRIDGE, owner, scope)],
    ovsPorts: [
      ovsPort(GATEWAY_BRIDGE, GATEWAY_TUNNEL, owner, {
        type: 'vxlan',
        options: { df_default: 'true', egress_pkt_mark: '0', in_key: 'flow', local_ip: cluster.vip, out_key: 'flow', remote_ip: 'flow' },
        externalIds: {},
      }),
      ovsPort(GATEWAY_BRIDGE, link, owner, { type: 'internal', options: {}, externalIds: {} }),
    ],
    links: [{ netns, name: link, type: 'ovs-internal', owner, isUp: true, mtu, macAddress: INSIDE_MAC }],
    addresses: [{ netns, link, cidr: INSIDE.own }],
    neighbours: [{ netns, link, address: INSIDE.flows, macAddress: FLOWS_MAC }],
  }
}

function routing(
  scope: HostScope,
  { cluster }: Member,
  uplink: Port,
  { netns, device }: { readonly netns: string; readonly device: string },
): Partial<HostState> {
  const inside = gwiName(cluster.id)
  const via = nextHop(scope, cluster, uplink)
  const toFlows = { netns, source: 'all', table: FROM_OUTSIDE.table }
  return {
    routes: [
      { netns, table: FROM_OUTSIDE.table, destination: 'default', via: INSIDE.flows, link: inside },
      ...(via === null ? [] : [{ netns, table: FROM_VMS.table, destination: 'default', via, link: device }]),
    ],
    rules: [
      { ...toFlows, priority: TO_VMS_PRIORITY, destination: UNTRANSLATED },
      { ...toFlows, priority: FROM_OUTSIDE.priority, inputLink: device },
      { netns, source: 'all', table: FROM_VMS.table, priority: FROM_VMS.priority, inputLink: inside },
    ],
    sysctls: Object.entries({
      'net/ipv4/ip_forward': '1',
      'net/ipv4/conf/all/arp_ignore': '1',
      'net/ipv4/conf/all/arp_announce': '2',
      // The ways there and back are in tables that the check of a source does not ask.
      ...ofEach(['all', inside, device], 'rp_filter'),
      // What turns back by the device it came from was meant to come this way.
      ...ofEach(['all', inside, device], 'send_redirects'),
    }).map(([key, value]) => ({ netns, key, value })),
  }
}

const ofEach = (devices: readonly string[], setting: string): Record<string, string> =>
  Object.fromEntries(devices.map((device) => [`net/ipv4/conf/${device}/${setting}`, '0']))

/** A peer alone is the router that knows where all floating IPs are. Of several the gateway of the subnet is one, whoever lives. */
function nextHop(scope: HostScope, { peers }: GatewayCluster, { networkId, fixedIps: [own] }: Port): string | null {
  invariant(own, 'a member without an address')
  const subnet = subnetOf(scope, networkId, own.subnetId)
  const [first, second] = peers.filter(({ address }) => isInSubnet(subnet, address))
  return first && !second ? first.address : (subnet.gatewayIp ?? first?.address ?? null)
}

function chains(netns: string, device: string, inside: string, snat: string | null) {
  const within = (table: string) => ({ netns, family: 'ipv4', table }) as const
  return [
    ...chainWithJump(within('raw'), 'PREROUTING', [
      // Nobody may call a VM by an address that is only between the flows and here.
      `-d ${UNTRANSLATED} -j DROP`,
      // Remembered is what takes the member's own address. Floating IPs are translated without: any member may see the answer.
      ...(snat === null ? [] : [`-s ${UNTRANSLATED} -i ${inside} -j RETURN`, `-d ${snat}/32 -j RETURN`]),
      '-j CT --notrack',
    ]),
    ...chainWithJump(within('nat'), 'POSTROUTING', snat === null ? [] : [`-s ${UNTRANSLATED} -o ${device} -j SNAT --to-source ${snat}`]),
    // Tunnels carry less than what is outside.
    ...chainWithJump(within('mangle'), 'FORWARD', ['-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu']),
    // VMs have no business with the member itself.
    ...chainWithJump(within('filter'), 'INPUT', [`-i ${inside} -j DROP`]),
  ]
}
