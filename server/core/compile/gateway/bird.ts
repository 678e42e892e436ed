// BIRD on a gateway member, once in the underlay, where it tells of the VIP, and once in the cluster's namespace, where it tells of floating IPs and of the
// member's own address. It takes no routes and sets none: when it ends, peers send nothing here any more, and what is on its way is still forwarded.

import { serviceDirectory, type Service } from '../../host/service'
import { gatewayNamespace } from '../../naming'
import type { Member } from '../../topology/gateway-records'
import { parseIpv4 } from '../../topology/ipv4'
import type { BgpPeer, GatewayCluster } from '../../topology/kinds/gateway-cluster/gateway-cluster'
import type { Tunnel } from '../../topology/kinds/host/host'
import type { Port } from '../../topology/kinds/port/port'
import { isInSubnet, subnetOf } from '../inside-namespace'
import type { HostScope } from '../scope'
import { isBeside } from '../underlay-routes'
import { UNTRANSLATED } from './member-flows'

export function underlaySpeaker(tunnel: Tunnel, { id, vip, peers, localAs }: GatewayCluster): Service[] {
  const beside = peers.filter(({ address }) => isBeside(tunnel, address))
  return speaker(`bird-underlay-${id}`, id, '', { address: tunnel.address, as: localAs, peers: beside, announced: [vip] })
}

export function uplinkSpeaker(
  scope: HostScope,
  { cluster: { id, localAs, peers }, translated }: Member,
  { networkId, fixedIps: [own] }: Port,
  snat: string | null,
): Service[] {
  if (!own) return []
  const subnet = subnetOf(scope, networkId, own.subnetId)
  const floating = translated.flatMap(({ address }) => (isUntranslated(address) ? [] : [address]))
  return speaker(`bird-uplink-${id}`, id, gatewayNamespace(id), {
    address: own.ipAddress,
    as: localAs,
    peers: peers.filter((peer) => isInSubnet(subnet, peer.address)),
    announced: [...floating, ...(snat === null ? [] : [snat])],
  })
}

const isUntranslated = (address: string): boolean => isInSubnet({ cidr: UNTRANSLATED }, address)

interface Speaking {
  readonly address: string
  readonly as: number
  readonly peers: readonly BgpPeer[]
  /** Addresses. */
  readonly announced: readonly string[]
}

function speaker(name: string, clusterId: string, netns: string, speaking: Speaking): Service[] {
  if (speaking.peers.length === 0) return []
  const directory = serviceDirectory(name)
  return [
    {
      name,
      owner: { kind: 'gateway', id: clusterId },
      netns,
      argv: ['bird', '-c', `${directory}/etc/bird.conf`, '-s', `${directory}/control`, '-P', `${directory}/pid`],
      files: { 'bird.conf': configuration(speaking) },
      isRunning: true,
    },
  ]
}

/**
 * Four hellos of 50 ms tell that a peer is gone. A machine that is too busy for hellos would seem gone as well, and with it all members at once; so
 * what is said of one that is gone stays as what is used where nobody has better (long-lived graceful restart, RFC 9494). Who says farewell is
 * forgotten at once.
 */
const SPEAKER = `template bgp speaker {
  hold time 9;
  keepalive time 3;
  graceful restart on;
  graceful restart time 0;
  long lived graceful restart on;
  long lived stale time 60;
  connect retry time 1;
  connect delay time 1;
  error wait time 1, 5;
}`
const BFD = `protocol bfd {
  interface "*" { interval 50 ms; multiplier 4; };
}`

function configuration({ address, as, peers, announced }: Speaking): string {
  return [
    `router id ${address};`,
    'protocol device { scan time 10; }',
    ...(peers.some(({ hasBfd }) => hasBfd) ? [BFD] : []),
    'protocol static announced {',
    '  ipv4;',
    ...announced.toSorted(byNumber).map((each) => `  route ${each}/32 blackhole;`),
    '}',
    SPEAKER,
    ...peers.map((peer, index) =>
      [
        `protocol bgp peer_${index + 1} from speaker {`,
        `  local ${address} as ${as};`,
        `  neighbor ${peer.address} as ${peer.as};`,
        ...(peer.hasBfd ? ['  bfd graceful;'] : []),
        '  ipv4 { import none; export where proto = "announced"; next hop self; };',
        '}',
      ].join('\n'),
    ),
    '',
  ].join('\n')
}

const byNumber = (left: string, right: string): number => (parseIpv4(left) ?? 0) - (parseIpv4(right) ?? 0)
