// What a port of the design is inside a namespace of ours: its addresses on its device, the way out by a gateway, and chains with the jump to them.

import ipaddr from 'ipaddr.js'
import type { IpAddress, Route } from '../host/ip'
import { CHAIN_PREFIX, type IptablesChain } from '../host/iptables'
import { invariant } from '../invariant'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import type { Subnet } from '../topology/kinds/subnet/subnet'
import type { HostScope } from './scope'

export interface Place {
  readonly netns: string
  readonly device: string
}

/** Each with the prefix length of its subnet. */
export const addressesOf = (scope: HostScope, { networkId, fixedIps }: Port, { netns, device }: Place): IpAddress[] =>
  fixedIps.map(({ subnetId, ipAddress }) => ({
    netns,
    link: device,
    cidr: `${ipAddress}/${ipaddr.parseCIDR(subnetOf(scope, networkId, subnetId).cidr)[1]}`,
  }))

export function subnetOf(scope: HostScope, networkId: string, subnetId: string): Subnet {
  const subnet = findById(scope.subnets(networkId), subnetId)
  invariant(subnet, `no subnet ${subnetId}`)
  return subnet
}

export const isInSubnet = ({ cidr }: Pick<Subnet, 'cidr'>, address: string): boolean =>
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr))

/** The kernel takes no gateway that it cannot reach: one outside the subnet gets a route of its own (neutron/agent/linux/dhcp.py). */
export function defaultBy(via: string, isOnLink: boolean, { netns, device: link }: Place): Route[] {
  const toGateway: Route[] = isOnLink ? [] : [{ netns, table: 'main', destination: `${via}/32`, link }]
  return [...toGateway, { netns, table: 'main', destination: 'default', via, link }]
}

/** A chain of ours that every packet of a built-in one goes through; none without rules. */
export function chainWithJump(
  place: Pick<IptablesChain, 'netns' | 'family' | 'table'>,
  builtIn: string,
  rules: readonly string[],
): IptablesChain[] {
  if (rules.length === 0) return []
  const chain = `${CHAIN_PREFIX}${builtIn}`
  return [
    { ...place, chain, policy: null, rules },
    { ...place, chain: builtIn, policy: 'ACCEPT', rules: [`-j ${chain}`] },
  ]
}
