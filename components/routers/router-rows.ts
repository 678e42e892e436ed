// The routers as rows of their table, those that the filter leaves; and what one joins and where it stands. Pure.

import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { compareNames } from '@/components/ui/compare-naturally'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { presenceOf } from '@/server/core/topology/presence'
import { interfacesOf, isCentralPort, portsOfRouter } from '@/server/core/topology/router-ports'
import type { ObjectOf } from '@/server/core/topology/topology'

import { kindWord } from './router-words'

export interface RouterRow {
  readonly router: ObjectOf['router']
  readonly project: string
  readonly hosts: readonly Host[]
  /** Where it leads out, and with which address. */
  readonly gateway: { readonly network: Network; readonly address: string } | null
  readonly interfaces: number
}

/** By project, then by name. */
export function routerRows(index: TopologyIndex, filter: string): readonly RouterRow[] {
  return index.topology.routers
    .map((router) => routerRow(index, router))
    .filter((row) => matches(filter, wordsOf(index, row)))
    .toSorted((a, b) => compareNames(a.project, b.project) || compareNames(a.router.name, b.router.name))
}

function routerRow(index: TopologyIndex, router: ObjectOf['router']): RouterRow {
  return {
    router,
    project: index.project(router.projectId)?.name ?? '',
    hosts: hostsOf(index, router),
    gateway: gatewayOf(index, router),
    interfaces: interfacesOf(index.topology.ports, router.id).length,
  }
}

const wordsOf = ({ topology }: TopologyIndex, { router, project, hosts, gateway }: RouterRow): string[] => [
  router.id,
  router.name,
  router.description ?? '',
  project,
  kindWord(router),
  gateway?.network.name ?? '',
  ...hosts.map(({ name }) => name),
  ...portsOfRouter(topology.ports, router.id).map(addressText),
]

export function gatewayOf(index: TopologyIndex, { gateway }: Router): RouterRow['gateway'] {
  const network = gateway && index.network(gateway.networkId)
  const port = gateway && index.port(gateway.portId)
  return network ? { network, address: port ? addressText(port) : '' } : null
}

/** All of its ports stand on the same hosts, but for a gateway that stands nowhere. */
export function hostsOf({ topology }: TopologyIndex, { id }: Router): readonly Host[] {
  const presence = presenceOf(topology)
  return portsOfRouter(topology.ports, id)
    .map((port) => presence.hostsWith(port))
    .reduce((most, hosts) => (hosts.length > most.length ? hosts : most), [])
}

export interface InterfaceRow {
  readonly port: Port
  readonly network: Network | undefined
  readonly subnet: Subnet | undefined
  readonly hosts: readonly Host[]
  /** By which the central part is there. */
  readonly central: Port | undefined
}

/** By network, then by address. */
export function interfaceRows(index: TopologyIndex, routerId: string, filter: string): readonly InterfaceRow[] {
  const presence = presenceOf(index.topology)
  const central = portsOfRouter(index.topology.ports, routerId).filter(isCentralPort)
  return interfacesOf(index.topology.ports, routerId)
    .map((port) => ({
      port,
      network: index.network(port.networkId),
      subnet: index.subnet(port.fixedIps[0]?.subnetId ?? ''),
      hosts: presence.hostsWith(port),
      central: central.find((each) => each.fixedIps[0]?.subnetId === port.fixedIps[0]?.subnetId),
    }))
    .filter((row) => matches(filter, interfaceWords(row)))
    .toSorted(
      (a, b) => compareNames(a.network?.name ?? '', b.network?.name ?? '') || compareNames(addressText(a.port), addressText(b.port)),
    )
}

const interfaceWords = ({ port, network, subnet, hosts, central }: InterfaceRow): string[] => [
  port.id,
  port.macAddress,
  addressText(port),
  central ? addressText(central) : '',
  network?.name ?? '',
  subnet?.name ?? '',
  subnet?.cidr ?? '',
  ...hosts.map(({ name }) => name),
]

export interface RouterHostRow {
  readonly host: Host
  /** Ports there that it serves; a router that runs on one host serves all from there. */
  readonly served: readonly Port[]
}

/** Where it stands, and for whom. */
export function routerHostRows(index: TopologyIndex, router: Router): readonly RouterHostRow[] {
  const networkIds = new Set(interfacesOf(index.topology.ports, router.id).map(({ networkId }) => networkId))
  const presence = presenceOf(index.topology)
  return hostsOf(index, router)
    .map((host) => ({ host, served: presence.portsOn(host.id).filter((port) => networkIds.has(port.networkId) && isServed(port)) }))
    .toSorted((a, b) => compareNames(a.host.name, b.host.name))
}

const isServed = ({ deviceOwner }: Port): boolean =>
  deviceOwner === 'compute:nova' || deviceOwner === 'trunk:subport' || deviceOwner === 'network:dhcp'

/** In the network with that id, by name. */
export const routersIn = (index: TopologyIndex, networkId: string): readonly ObjectOf['router'][] =>
  [...new Set(index.portsOf(networkId).flatMap(({ deviceId }) => index.router(deviceId) ?? []))].toSorted((a, b) =>
    compareNames(a.name, b.name),
  )
