// Graph and places → React Flow's nodes and edges. Sizes and handles are given, so nothing is measured in the browser and
// everything is in place at the first frame. Pure.

import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react'

import { endpointHeight, portY, rightHosts, sizes, type Places } from './elk-graph'
import type { GraphEndpoint, GraphHost, GraphNetwork, Mark, TopologyGraph } from './graph-parts'

export type HostNode = Node<{ readonly host: GraphHost }, 'host'>
/** `side` is where the networks are, and so where the NICs stick out. */
export type EndpointNode = Node<{ readonly endpoint: GraphEndpoint; readonly side: 'left' | 'right' }, 'endpoint'>
export type NetworkNode = Node<{ readonly network: GraphNetwork; readonly selectedSubnetId: string | null }, 'network'>
export type TopologyNode = HostNode | EndpointNode | NetworkNode
/** `hostEdgeX`: where the wire leaves its host; up to there it runs level, behind the VMs it passes. */
export type PortEdge = Edge<
  { readonly objectId: string; readonly networkId: string; readonly mark: Mark; readonly isLit: boolean; readonly hostEdgeX: number },
  'port'
>

/** Handles of a network: towards the hosts on its left, and on its right. */
export const networkHandles = { right: 'from-left', left: 'from-right' } as const

interface Elements {
  readonly nodes: TopologyNode[]
  readonly edges: PortEdge[]
}

/** Hosts come before what is in them, as React Flow asks. */
export function flowElements(graph: TopologyGraph, places: Places, selectedId: string | null): Elements {
  const lit = litPorts(graph, selectedId)
  const right = rightHosts(graph)
  const sideOf = (host: GraphHost) => (right.has(host.id) ? 'left' : 'right')
  return {
    nodes: [
      ...graph.hosts.flatMap((host) => (places[host.id] ? [hostNode(host, places, selectedId)] : [])),
      ...graph.hosts.flatMap((host) =>
        host.endpoints.flatMap((each) => (places[each.id] ? [endpointNode(each, sideOf(host), places, selectedId)] : [])),
      ),
      ...graph.networks.flatMap((network) => (places[network.id] ? [networkNode(network, places, selectedId)] : [])),
    ],
    edges: graph.hosts.flatMap((host) => host.endpoints.flatMap((each) => portEdges(each, sideOf(host), places, selectedId, lit))),
  }
}

function hostNode(host: GraphHost, places: Places, selectedId: string | null): HostNode {
  const { x, y, width, height } = places[host.id]!
  return {
    id: host.id,
    type: 'host',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    data: { host },
    selected: host.id === selectedId,
    zIndex: 0,
  }
}

type Side = EndpointNode['data']['side']

function endpointNode(endpoint: GraphEndpoint, side: Side, places: Places, selectedId: string | null): EndpointNode {
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
    selected: endpoint.id === selectedId,
    zIndex: 1,
  }
}

function networkNode(network: GraphNetwork, places: Places, selectedId: string | null): NetworkNode {
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
    data: { network, selectedSubnetId: network.subnets.some((subnet) => subnet.id === selectedId) ? selectedId : null },
    selected: network.id === selectedId,
    zIndex: 1,
  }
}

const handle = (id: string, type: 'source' | 'target', position: Position, x: number, y: number): NodeHandle => ({
  id,
  type,
  position,
  x,
  y,
  width: 1,
  height: 1,
})

function portEdges(
  endpoint: GraphEndpoint,
  side: Side,
  places: Places,
  selectedId: string | null,
  lit: ReadonlySet<string>,
): readonly PortEdge[] {
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
      selected: port.objectId === selectedId,
      data: { objectId: port.objectId, networkId: port.networkId, mark: port.mark, isLit: lit.has(port.id), hostEdgeX },
      ariaLabel: `${endpoint.name} ${port.nic} ${port.address}`,
    }))
}

/** Ports whose wires light up with the selection: its own, its network's, its host's. */
function litPorts(graph: TopologyGraph, selectedId: string | null): ReadonlySet<string> {
  if (selectedId === null) return new Set()
  const isIn = (host: GraphHost, endpoint: GraphEndpoint) => host.id === selectedId || endpoint.id === selectedId
  return new Set(
    graph.hosts.flatMap((host) =>
      host.endpoints.flatMap((endpoint) =>
        endpoint.ports
          .filter((port) => isIn(host, endpoint) || port.objectId === selectedId || port.networkId === selectedId)
          .map((port) => port.id),
      ),
    ),
  )
}
