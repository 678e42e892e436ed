// Rules of the BGP peers of a gateway cluster. Each is a neighbour: in the underlay subnet of a member, which then tells it of the VIP, or in a subnet of the
// external network, where it is told of floating IPs.

import { findById } from '../../find'
import { isInCidr, isUnicast, makeCidr, parseCidr, parseIpv4 } from '../../ipv4'
import { subnetsOfNetwork } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict, invalid, type Violation } from '../../violation'
import type { Tunnel } from '../host/host'
import type { Subnet } from '../subnet/subnet'
import type { BgpPeer, GatewayCluster } from './gateway-cluster'

/** 2^32 - 1 and 2^16 - 1 are nobody's (RFC 7300); nor is what stands for a long one where only short ones are understood (RFC 6793). */
const MAX_AS = 4_294_967_294
const RESERVED_AS: readonly number[] = [23_456, 65_535]

/** In the underlay, of a member with that tunnel. */
const isBeside = ({ address }: BgpPeer, { address: own, prefixLength }: Tunnel): boolean => {
  const [value, local] = [parseIpv4(address), parseIpv4(own)]
  return value !== null && local !== null && address !== own && isInCidr(makeCidr(local, prefixLength), value)
}
export const hasPeerBeside = ({ peers }: GatewayCluster, tunnel: Tunnel): boolean => peers.some((peer) => isBeside(peer, tunnel))

/** In the external network. */
export const isPeerIn = ({ address }: BgpPeer, { cidr: text }: Subnet): boolean => {
  const [value, cidr] = [parseIpv4(address), parseCidr(text)]
  return value !== null && cidr !== null && isInCidr(cidr, value)
}

/** Subnets of the external network in which members have a peer, and so an address. */
export const uplinkSubnets = ({ subnets }: Pick<Topology, 'subnets'>, { networkId, peers }: GatewayCluster): readonly Subnet[] =>
  subnetsOfNetwork(subnets, networkId).filter((subnet) => peers.some((peer) => isPeerIn(peer, subnet)))

export function checkPeers(topology: Topology, cluster: GatewayCluster): Violation[] {
  const wrong = cluster.peers.flatMap((peer, index) => checkPeer(topology, cluster, peer, index))
  if (wrong.length > 0 || uplinkSubnets(topology, cluster).length > 0) return wrong
  const network = findById(topology.networks, cluster.networkId)?.name ?? cluster.networkId
  return [conflict('gateway-uplink-peer', 'peers', { network }, [network])]
}

function checkPeer(topology: Topology, cluster: GatewayCluster, peer: BgpPeer, index: number): Violation[] {
  const { address } = peer
  const field = `peers.${index}.address`
  const value = parseIpv4(address)
  if (value === null) return [invalid('address-form', field, { of: 'peer' })]
  if (!isUnicast(value)) return [invalid('gateway-peer-usable', field, { address })]
  if (cluster.peers.findIndex((each) => each.address === address) < index) return [invalid('gateway-peer-unique', field, { address })]
  const own = topology.hosts.find(({ tunnel }) => tunnel?.address === address)
  if (own) return [conflict('gateway-peer-own', field, { address, of: own.name }, [own.name])]
  if (address === cluster.vip) return [conflict('gateway-peer-own', field, { address, of: cluster.name }, [cluster.name])]
  return [...checkOnLink(topology, cluster, peer, field), ...checkAs(peer.as, `peers.${index}.as`)]
}

function checkOnLink({ hosts, subnets, networks }: Topology, cluster: GatewayCluster, peer: BgpPeer, field: string): Violation[] {
  const members = cluster.memberHostIds.flatMap((id) => findById(hosts, id)?.tunnel ?? [])
  if (members.some((tunnel) => isBeside(peer, tunnel))) return []
  if (subnetsOfNetwork(subnets, cluster.networkId).some((subnet) => isPeerIn(peer, subnet))) return []
  const network = findById(networks, cluster.networkId)?.name ?? cluster.networkId
  return [conflict('gateway-peer-off-link', field, { address: peer.address, network }, [network])]
}

export const checkLocalAs = (as: number): Violation[] => checkAs(as, 'localAs')

const checkAs = (as: number, field: string): Violation[] =>
  as < 1 || as > MAX_AS || RESERVED_AS.includes(as) ? [invalid('gateway-as', field, { most: MAX_AS })] : []
