// Graph → what elk lays out, and its answer → places. Two columns: hosts with their VMs on the left, networks on the right;
// every NIC has its own port, so that edges do not cross where they need not. Pure; layout.ts runs it in a worker.

import type { ElkNode, ElkPort } from 'elkjs/lib/elk-api'

import type { GraphEndpoint, GraphHost, GraphNetwork, TopologyGraph } from './graph'

/** Sizes of what is drawn, shared with the node components. */
export const sizes = {
  endpointWidth: 196,
  endpointHeader: 28,
  portRow: 20,
  endpointFooter: 4,
  networkWidth: 232,
  networkHeader: 46,
  subnetRow: 20,
  networkFooter: 4,
  hostHeader: 32,
  hostPadding: 12,
  emptyHostHeight: 68,
} as const

export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** By id. A VM's or DHCP server's place is relative to its host. */
export type Places = Readonly<Record<string, Place>>

export const endpointHeight = (endpoint: Pick<GraphEndpoint, 'ports'>): number =>
  sizes.endpointHeader + sizes.portRow * endpoint.ports.length + sizes.endpointFooter

export const networkHeight = (network: Pick<GraphNetwork, 'subnets'>): number =>
  sizes.networkHeader + sizes.subnetRow * Math.max(1, network.subnets.length) + sizes.networkFooter

/** Middle of a NIC's row, from the top of its box. */
export const portY = (index: number): number => sizes.endpointHeader + sizes.portRow * index + sizes.portRow / 2

const rootOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.separateConnectedComponents': 'false',
  'elk.spacing.nodeNode': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '160',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.randomSeed': '1',
}

export function toElk(graph: TopologyGraph): ElkNode {
  const endpoints = graph.hosts.flatMap((host) => host.endpoints)
  const known = new Set(graph.networks.map((network) => network.id))
  return {
    id: 'root',
    layoutOptions: rootOptions,
    children: [...graph.hosts.map(elkHost), ...graph.networks.map(elkNetwork)],
    edges: endpoints.flatMap((endpoint) =>
      endpoint.ports
        .filter((port) => known.has(port.networkId))
        .map((port) => ({ id: `edge/${port.id}`, sources: [`nic/${port.id}`], targets: [port.networkId] })),
    ),
  }
}

function elkHost(host: GraphHost): ElkNode {
  const { hostHeader, hostPadding, endpointWidth, emptyHostHeight } = sizes
  const layoutOptions = {
    'elk.padding': `[top=${hostHeader + hostPadding},left=${hostPadding},bottom=${hostPadding},right=${hostPadding}]`,
    'elk.spacing.nodeNode': '10',
    'elk.layered.layering.layerConstraint': 'FIRST',
  }
  if (host.endpoints.length === 0) return { id: host.id, width: endpointWidth + 2 * hostPadding, height: emptyHostHeight, layoutOptions }
  return { id: host.id, layoutOptions, children: host.endpoints.map(elkEndpoint) }
}

function elkEndpoint(endpoint: GraphEndpoint): ElkNode {
  const ports = endpoint.ports.map(
    (port, index): ElkPort => ({ id: `nic/${port.id}`, x: sizes.endpointWidth, y: portY(index), width: 0, height: 0, layoutOptions: { 'elk.port.side': 'EAST' } }),
  )
  return { id: endpoint.id, width: sizes.endpointWidth, height: endpointHeight(endpoint), ports, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } }
}

const elkNetwork = (network: GraphNetwork): ElkNode => ({
  id: network.id,
  width: sizes.networkWidth,
  height: networkHeight(network),
  layoutOptions: { 'elk.layered.layering.layerConstraint': 'LAST' },
})

export function fromElk(root: ElkNode): Places {
  const places: Record<string, Place> = {}
  const read = (nodes: readonly ElkNode[] | undefined): void => {
    for (const { id, x = 0, y = 0, width = 0, height = 0, children } of nodes ?? []) {
      places[id] = { x, y, width, height }
      read(children)
    }
  }
  read(root.children)
  return places
}

/** elk widens a host to route edges inside it. Wires are drawn straight to the NICs, so all hosts get the same width. */
export function alignHosts(graph: TopologyGraph, places: Places): Places {
  const hosts = graph.hosts.flatMap(({ id }) => (places[id] ? [places[id]] : []))
  const right = Math.max(...hosts.map(({ x, width }) => x + width))
  const width = sizes.endpointWidth + 2 * sizes.hostPadding
  const aligned: Record<string, Place> = { ...places }
  for (const host of graph.hosts) {
    const place = places[host.id]
    if (place) aligned[host.id] = { ...place, x: right - width, width }
    for (const { id } of host.endpoints) if (places[id]) aligned[id] = { ...places[id], x: sizes.hostPadding }
  }
  return aligned
}
