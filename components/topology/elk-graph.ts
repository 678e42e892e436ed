// Graph → what elk lays out, and its answer → places. Hosts on the left, networks right of them, and from a few hosts on
// the other half of the hosts on the right; a host is one box to elk, what is in it stands in columns, in the order of
// names, so that something new shuffles nothing. A router stands right of the networks that it joins, the one by which it leads out right of it. Pure; layout.ts runs elk in a worker.

import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api'

import type { GraphHost, GraphNetwork, GraphRouter, TopologyGraph } from './graph-parts'

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
  endpointGap: 10,
} as const

export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** By id. A VM's or DHCP server's place is relative to its host. */
export type Places = Readonly<Record<string, Place>>

export const endpointHeight = (endpoint: { readonly ports: readonly unknown[] }): number =>
  sizes.endpointHeader + sizes.portRow * endpoint.ports.length + sizes.endpointFooter

/** Below its ports it says where it stands. */
export const routerHeight = (router: Pick<GraphRouter, 'ports'>): number => endpointHeight(router) + sizes.portRow

export const networkHeight = (network: Pick<GraphNetwork, 'subnets' | 'floatingIps'>): number =>
  sizes.networkHeader + sizes.subnetRow * (Math.max(1, network.subnets.length) + (network.floatingIps ? 1 : 0)) + sizes.networkFooter

/** Middle of a NIC's row, from the top of its box. */
export const portY = (index: number): number => sizes.endpointHeader + sizes.portRow * index + sizes.portRow / 2

const rootOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.separateConnectedComponents': 'false',
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '20',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.randomSeed': '1',
}

export function toElk(graph: TopologyGraph): ElkNode {
  const right = rightHosts(graph)
  return {
    id: 'root',
    layoutOptions: {
      ...rootOptions,
      // Routers and what they lead out by are two columns more.
      'elk.layered.spacing.nodeNodeBetweenLayers': graph.routers.length > 0 ? '140' : '220',
    },
    children: [
      ...graph.hosts.map((host) => elkHost(host, right.has(host.id))),
      ...graph.networks.map(elkNetwork),
      ...graph.routers.map(elkRouter),
    ],
    edges: [...elkEdges(graph, right), ...routerEdges(graph)],
  }
}

const ONE_SIDE_HOSTS = 4

/** Gateways stand right of what they lead out by; and from the middle of all VMs on, hosts stand right of the networks: half as high, the wires half as long. */
export function rightHosts({ hosts }: TopologyGraph): ReadonlySet<string> {
  const gateways = hosts.filter(isGateway)
  const others = hosts.filter((host) => !isGateway(host))
  const right = new Set(gateways.map(({ id }) => id))
  if (others.length <= ONE_SIDE_HOSTS) return right
  const heights = others.map((host) => boxOf(host).size.height)
  const half = heights.reduce((sum, height) => sum + height, 0) / 2
  let above = 0
  for (const [index, { id }] of others.entries()) {
    if (above >= half) right.add(id)
    above += heights[index]!
  }
  return right
}

const isGateway = ({ endpoints }: GraphHost): boolean => endpoints.length > 0 && endpoints.every(({ kind }) => kind === 'gateway')

const elkHost = (host: GraphHost, isRight: boolean): ElkNode => ({
  id: host.id,
  ...boxOf(host).size,
  layoutOptions: { 'elk.layered.layering.layerConstraint': isRight ? 'LAST' : 'FIRST' },
})

const elkNetwork = (network: GraphNetwork): ElkNode => ({
  id: network.id,
  width: sizes.networkWidth,
  height: networkHeight(network),
})

const elkRouter = (router: GraphRouter): ElkNode => ({ id: router.id, width: sizes.endpointWidth, height: routerHeight(router) })

/** One that joins nothing yet would stand among the hosts: an edge that nobody sees keeps it with the others. */
function routerEdges({ networks, routers }: TopologyGraph): ElkExtendedEdge[] {
  const known = new Set(networks.map((network) => network.id))
  const beside = networks.find(({ isExternal }) => !isExternal) ?? networks[0]
  const idle = routers.filter(({ ports }) => ports.every(({ networkId }) => !known.has(networkId)))
  const kept = beside === undefined ? [] : idle.map(({ id }) => ({ id: `edge/${id}`, sources: [beside.id], targets: [id] }))
  const joining = routers.flatMap(({ id, ports }) =>
    ports
      .filter(({ networkId }) => known.has(networkId))
      .map((port) => ({
        id: `edge/${port.id}`,
        sources: [port.isGateway ? id : port.networkId],
        targets: [port.isGateway ? port.networkId : id],
      })),
  )
  return [...joining, ...kept]
}

/** One edge per host and network, however many ports: that decides the order, and keeps large graphs quick. */
function elkEdges({ hosts, networks }: TopologyGraph, right: ReadonlySet<string>): ElkExtendedEdge[] {
  const known = new Set(networks.map((network) => network.id))
  return hosts.flatMap((host) => {
    const wanted = new Set(host.endpoints.flatMap((endpoint) => endpoint.ports.map((port) => port.networkId)))
    return [...wanted].filter((id) => known.has(id)).map((id) => elkEdge(host.id, id, right.has(host.id)))
  })
}

const elkEdge = (hostId: string, networkId: string, isRight: boolean): ElkExtendedEdge => ({
  id: `edge/${hostId}/${networkId}`,
  sources: [isRight ? networkId : hostId],
  targets: [isRight ? hostId : networkId],
})

interface HostBox {
  readonly size: { readonly width: number; readonly height: number }
  /** Relative to the host. */
  readonly inside: Places
}

/** A few below each other; more than that in columns, wider than high. */
export function boxOf(host: GraphHost): HostBox {
  const { hostHeader, hostPadding, endpointWidth, endpointGap, emptyHostHeight } = sizes
  const count = host.endpoints.length
  const perColumn = Math.max(ROWS_OF_A_COLUMN, Math.ceil(Math.sqrt(count) * 1.3))
  const inside: Record<string, Place> = {}
  let bottom = emptyHostHeight - hostPadding - endpointGap
  for (let start = 0; start < count; start += perColumn) {
    const x = hostPadding + (start / perColumn) * (endpointWidth + COLUMN_GAP)
    let y: number = hostHeader + 4
    for (const endpoint of host.endpoints.slice(start, start + perColumn)) {
      const height = endpointHeight(endpoint)
      inside[endpoint.id] = { x, y, width: endpointWidth, height }
      y += height + endpointGap
    }
    bottom = Math.max(bottom, y - endpointGap)
  }
  const columns = Math.max(1, Math.ceil(count / perColumn))
  const width = 2 * hostPadding + columns * endpointWidth + (columns - 1) * COLUMN_GAP
  return { size: { width, height: bottom + hostPadding }, inside }
}

const ROWS_OF_A_COLUMN = 6
/** Room for the wires of the columns further left. */
const COLUMN_GAP = 28

/** elk's answer, and what stands inside the hosts. Hosts are flush on the side of the networks. */
export function fromElk(graph: TopologyGraph, root: ElkNode): Places {
  const found = new Map((root.children ?? []).map((node) => [node.id, node]))
  const isRight = rightHosts(graph)
  const left = graph.hosts.filter(({ id }) => !isRight.has(id))
  const flush = Math.max(0, ...left.map(({ id }) => (found.get(id)?.x ?? 0) + (found.get(id)?.width ?? 0)))
  const places: Record<string, Place> = {}
  for (const host of graph.hosts) {
    const { size, inside } = boxOf(host)
    Object.assign(places, inside)
    const { x = 0, y = 0 } = found.get(host.id) ?? {}
    places[host.id] = { x: isRight.has(host.id) ? x : flush - size.width, y, ...size }
  }
  for (const { id } of [...graph.networks, ...graph.routers]) {
    const { x = 0, y = 0, width = 0, height = 0 } = found.get(id) ?? {}
    places[id] = { x, y, width, height }
  }
  return places
}
