// Graph and places → React Flow's nodes and edges. Sizes and handles are given, so nothing is measured in the browser and
// everything is in place at the first frame. What a selection does not touch stays the same object, so that it is not drawn again. Pure.

import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react'

import { endpointHeight, portY, rightHosts, routerHeight, sizes, type Places } from './elk-graph'
import {
  networkOfFloatingIps,
  type GraphEndpoint,
  type GraphHost,
  type GraphNetwork,
  type GraphRouter,
  type Mark,
  type TopologyGraph,
} from './graph-parts'

export type HostNode = Node<{ readonly host: GraphHost }, 'host'>
/** `side` is where the networks are, and so where the NICs stick out. */
export type EndpointNode = Node<{ readonly endpoint: GraphEndpoint; readonly side: 'left' | 'right' }, 'endpoint'>
export type NetworkNode = Node<{ readonly network: GraphNetwork; readonly selectedPartId: string | null }, 'network'>
export type RouterNode = Node<{ readonly router: GraphRouter }, 'router'>
export type TopologyNode = HostNode | EndpointNode | NetworkNode | RouterNode
/** `hostEdgeX`: where the wire leaves its host; up to there it runs level, behind the VMs it passes. */
export type PortEdge = Edge<
  { readonly objectId: string; readonly networkId: string; readonly mark: Mark; readonly isLit: boolean; readonly hostEdgeX: number },
  'port'
>

/** Handles of a network: towards what is on its left, and on its right. */
export const networkHandles = { right: 'from-left', left: 'from-right' } as const

interface Elements {
  readonly nodes: TopologyNode[]
  readonly edges: PortEdge[]
}

/** With nothing selected. Hosts come before what is in them, as React Flow asks. */
export function flowElements(graph: TopologyGraph, places: Places): Elements {
  const right = rightHosts(graph)
  const sideOf = (host: GraphHost) => (right.has(host.id) ? 'left' : 'right')
  return {
    nodes: [
      ...graph.hosts.flatMap((host) => (places[host.id] ? [hostNode(host, places)] : [])),
      ...graph.hosts.flatMap((host) =>
        host.endpoints.flatMap((each) => (places[each.id] ? [endpointNode(each, sideOf(host), places)] : [])),
      ),
      ...graph.networks.flatMap((network) => (places[network.id] ? [networkNode(network, places)] : [])),
      ...graph.routers.flatMap((router) => (places[router.id] ? [routerNode(router, places)] : [])),
    ],
    edges: [
      ...graph.hosts.flatMap((host) => host.endpoints.flatMap((each) => portEdges(each, sideOf(host), places))),
      ...graph.routers.flatMap((router) => routerEdges(router, places)),
    ],
  }
}

export function withSelection({ nodes, edges }: Elements, graph: TopologyGraph, selectedId: string | null): Elements {
  if (selectedId === null) return { nodes, edges }
  const lit = litPorts(graph, selectedId)
  return { nodes: nodes.map((node) => selectedNode(node, selectedId)), edges: edges.map((edge) => selectedEdge(edge, selectedId, lit)) }
}

function selectedNode(node: TopologyNode, selectedId: string): TopologyNode {
  if (node.id === selectedId) return { ...node, selected: true }
  const holdsIt =
    node.type === 'network' &&
    (networkOfFloatingIps(selectedId) === node.id || node.data.network.subnets.some((subnet) => subnet.id === selectedId))
  return holdsIt ? { ...node, data: { ...node.data, selectedPartId: selectedId } } : node
}

function selectedEdge(edge: PortEdge, selectedId: string, lit: ReadonlySet<string>): PortEdge {
  const [selected, isLit] = [edge.data?.objectId === selectedId, lit.has(edge.id)]
  return edge.data && (selected || isLit) ? { ...edge, selected, data: { ...edge.data, isLit } } : edge
}

function hostNode(host: GraphHost, places: Places): HostNode {
  const { x, y, width, height } = places[host.id]!
  return {
    id: host.id,
    type: 'host',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    data: { host },
    selected: false,
    zIndex: 0,
  }
}

type Side = EndpointNode['data']['side']

function endpointNode(endpoint: GraphEndpoint, side: Side, places: Places): EndpointNode {
  const { x, y } = places[endpoint.id]!
  const size = { width: sizes.endpointWidth, height: endpointHeight(endpoint) }
  return {
    id: endpoint.id,
    type: 'endpoint',
    parentId: endpoint.hostId,
    position: { x, y },
    ...size,
    measured: size,
    handles: endpoint.ports.map((port, index) =>
      handle(port.id, 'source', side === 'right' ? Position.Right : Position.Left, side === 'right' ? size.width : 0, portY(index)),
    ),
    data: { endpoint, side },
    selected: false,
    zIndex: 1,
  }
}

function networkNode(network: GraphNetwork, places: Places): NetworkNode {
  const { x, y, width, height } = places[network.id]!
  return {
    id: network.id,
    type: 'network',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [
      handle(networkHandles.right, 'target', Position.Left, 0, sizes.networkHeader / 2),
      handle(networkHandles.left, 'target', Position.Right, width, sizes.networkHeader / 2),
    ],
    data: { network, selectedPartId: null },
    selected: false,
    zIndex: 1,
  }
}

function routerNode(router: GraphRouter, places: Places): RouterNode {
  const { x, y } = places[router.id]!
  const size = { width: sizes.endpointWidth, height: routerHeight(router) }
  return {
    id: router.id,
    type: 'router',
    position: { x, y },
    ...size,
    measured: size,
    handles: router.ports.map((port, index) =>
      handle(port.id, 'source', routerPortSide(port), port.isGateway ? size.width : 0, portY(index)),
    ),
    data: { router },
    selected: false,
    zIndex: 1,
  }
}

/** What it joins is on its left, the way out on its right. */
export const routerPortSide = ({ isGateway }: GraphRouter['ports'][number]): Position => (isGateway ? Position.Right : Position.Left)

const handle = (id: string, type: 'source' | 'target', position: Position, x: number, y: number): NodeHandle => ({
  id,
  type,
  position,
  x,
  y,
  width: 1,
  height: 1,
})

function portEdges(endpoint: GraphEndpoint, side: Side, places: Places): readonly PortEdge[] {
  const host = places[endpoint.hostId]
  const hostEdgeX = host === undefined ? 0 : side === 'right' ? host.x + host.width : host.x
  return endpoint.ports
    .filter((port) => places[port.networkId] && places[endpoint.id])
    .map((port) => ({
      id: port.id,
      type: 'port',
      source: endpoint.id,
      sourceHandle: port.id,
      target: port.networkId,
      targetHandle: networkHandles[side],
      selected: false,
      data: { objectId: port.objectId, networkId: port.networkId, mark: port.mark, isLit: false, hostEdgeX },
      ariaLabel: `${endpoint.name} ${port.nic} ${port.address}`,
    }))
}

/** Nothing that they run behind: they leave where they begin. */
function routerEdges(router: GraphRouter, places: Places): readonly PortEdge[] {
  const place = places[router.id]
  if (!place) return []
  return router.ports
    .filter((port) => places[port.networkId])
    .map((port) => ({
      id: port.id,
      type: 'port',
      source: router.id,
      sourceHandle: port.id,
      target: port.networkId,
      targetHandle: port.isGateway ? networkHandles.right : networkHandles.left,
      selected: false,
      data: {
        objectId: port.objectId,
        networkId: port.networkId,
        mark: port.mark,
        isLit: false,
        hostEdgeX: port.isGateway ? place.x + place.width : place.x,
      },
      ariaLabel: `${router.name} ${port.isGateway ? 'leads out by' : 'joins'} ${port.nic} ${port.address}`,
    }))
}

/** Ports whose wires light up with the selection: its own, its network's, its host's, its router's, those that its floating IPs lead to. */
function litPorts(graph: TopologyGraph, selectedId: string): ReadonlySet<string> {
  const outside = networkOfFloatingIps(selectedId)
  const wired = [
    ...graph.hosts.flatMap((host) =>
      host.endpoints.map((each) => ({ ports: each.ports, isIn: host.id === selectedId || each.id === selectedId })),
    ),
    ...graph.routers.map(({ id, ports }) => ({ ports, isIn: id === selectedId })),
  ]
  return new Set(
    wired.flatMap(({ ports, isIn }) =>
      ports
        .filter(
          (port) =>
            isIn ||
            port.objectId === selectedId ||
            port.networkId === selectedId ||
            port.floatingIps.some(({ networkId }) => networkId === outside),
        )
        .map((port) => port.id),
    ),
  )
}
