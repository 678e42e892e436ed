// DHCP of one network, as Neutron's agent does it (docs/reference/dhcp.md): namespace qdhcp-<network>, an OVS internal port or a veth end
// in it, one dnsmasq with static ranges. A MAC that is not in the host file gets no answer at all.

import ipaddr from 'ipaddr.js'
import type { DnsmasqInstance } from '../host/dnsmasq'
import { mergeHostStates, type HostState } from '../host/host-state'
import type { Route } from '../host/ip'
import { invariant } from '../invariant'
import { dhcpDirectory, dhcpNamespace } from '../naming'
import { presenceOf } from '../topology/presence'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Subnet } from '../topology/kinds/subnet/subnet'
import { driverOf } from './agent-drivers'
import { addressesOf, chainWithJump, defaultBy, isInSubnet, type Place } from './inside-namespace'
import type { HostScope } from './scope'

/** Neutron's dhcp_lease_duration. */
const LEASE_SECONDS = 86_400
/** Neutron's dns_domain default. */
const DNS_DOMAIN = 'openstacklocal'

export function compileDhcp(scope: HostScope, port: Port): HostState {
  const network = scope.network(port.networkId)
  const { plugInside, dhcpDevice } = driverOf(scope.host)
  const device = dhcpDevice(port)
  return mergeHostStates([
    plugInside(scope, port, network, { netns: dhcpNamespace(network.id), device }),
    server(scope, port, network, device),
  ])
}

/** The same on either kind of host, whatever its device is. */
function server(scope: HostScope, port: Port, network: Network, device: string): Partial<HostState> {
  const netns = dhcpNamespace(network.id)
  return {
    namespaces: [{ name: netns, owner: { kind: 'network', id: network.id } }],
    addresses: addressesOf(scope, port, { netns, device }),
    routes: defaultRoute(scope.subnets(network.id), { netns, device }),
    // Guests drop replies whose UDP checksum the sender left to a card that is not there (neutron/agent/linux/dhcp.py).
    iptables: chainWithJump({ netns, family: 'ipv4', table: 'mangle' }, 'POSTROUTING', [
      '-p udp -m udp --dport 68 -j CHECKSUM --checksum-fill',
    ]),
    dnsmasq: [dnsmasq(scope, network, device)],
  }
}

const prefixOf = (subnet: Subnet): number => ipaddr.parseCIDR(subnet.cidr)[1]

function defaultRoute(subnets: readonly Subnet[], place: Place): Route[] {
  const subnet = subnets.find(({ isDhcpEnabled, gatewayIp }) => isDhcpEnabled && gatewayIp !== null)
  return subnet?.gatewayIp ? defaultBy(subnet.gatewayIp, isInSubnet(subnet, subnet.gatewayIp), place) : []
}

function dnsmasq(scope: HostScope, network: Network, device: string): DnsmasqInstance {
  const directory = dhcpDirectory(network.id)
  const subnets = scope.subnets(network.id).filter((subnet) => subnet.isDhcpEnabled)
  const clients = presenceOf(scope.topology).portsOfNetwork(network.id).filter(isClient)
  const bindings = clients.flatMap((port) =>
    port.fixedIps
      .filter((fixed) => subnets.some((subnet) => subnet.id === fixed.subnetId))
      .map((fixed) => ({ mac: port.macAddress, address: fixed.ipAddress, name: hostName(fixed.ipAddress) })),
  )
  return {
    networkId: network.id,
    netns: dhcpNamespace(network.id),
    directory,
    argv: dnsmasqArgv(directory, device, network, subnets),
    files: {
      host: lines(bindings.map((binding) => `${binding.mac},${binding.name}.${DNS_DOMAIN},${binding.address}`)),
      addn_hosts: lines(bindings.map((binding) => `${binding.address}\t${binding.name}.${DNS_DOMAIN} ${binding.name}`)),
      opts: lines(subnets.flatMap(subnetOptions)),
    },
    isRunning: true,
  }
}

const isClient = ({ deviceOwner }: Port): boolean => deviceOwner === 'compute:nova' || deviceOwner === 'trunk:subport'
const hostName = (address: string): string => `host-${address.replaceAll('.', '-').replaceAll(':', '-')}`
const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('')

function dnsmasqArgv(directory: string, device: string, network: Network, subnets: readonly Subnet[]): string[] {
  return [
    'dnsmasq',
    '--no-hosts',
    '--no-resolv',
    `--pid-file=${directory}/pid`,
    `--dhcp-hostsfile=${directory}/host`,
    `--addn-hosts=${directory}/addn_hosts`,
    `--dhcp-optsfile=${directory}/opts`,
    `--dhcp-leasefile=${directory}/leases`,
    '--dhcp-match=set:ipxe,175',
    '--local-service',
    '--bind-dynamic',
    `--interface=${device}`,
    ...subnets.map(dhcpRange),
    `--dhcp-option-force=option:mtu,${network.mtu}`,
    `--dhcp-lease-max=${leaseMax(subnets)}`,
    '--conf-file=/dev/null',
    `--domain=${DNS_DOMAIN}`,
  ]
}

function dhcpRange(subnet: Subnet): string {
  const [address, prefix] = ipaddr.parseCIDR(subnet.cidr)
  const tag = `--dhcp-range=set:subnet-${subnet.id},${ipaddr.IPv4.networkAddressFromCIDR(subnet.cidr)},static`
  invariant(address.kind() === 'ipv4', `subnet ${subnet.id} is not IPv4`)
  return `${tag},${ipaddr.IPv4.subnetMaskFromPrefixLength(prefix)},${LEASE_SECONDS}s`
}

const leaseMax = (subnets: readonly Subnet[]): number =>
  Math.min(
    2 ** 24,
    subnets.reduce((sum, subnet) => sum + 2 ** (32 - prefixOf(subnet)), 0),
  )

function subnetOptions(subnet: Subnet): string[] {
  const tag = `tag:subnet-${subnet.id}`
  const dns = subnet.dnsNameservers.length > 0 ? [`${tag},option:dns-server,${subnet.dnsNameservers.join(',')}`] : []
  // An empty router option keeps clients from taking the server for their gateway.
  return [...dns, `${tag},option:router${subnet.gatewayIp ? `,${subnet.gatewayIp}` : ''}`]
}
