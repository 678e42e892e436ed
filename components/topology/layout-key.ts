import type { TopologyGraph } from './graph-parts'

/** Under which a layout is kept in the browser, whoever made it. */
export const layoutQueryKey = (graph: TopologyGraph): readonly string[] => ['topology-layout', layoutKey(graph)]

/** Equal for graphs that are laid out equally: names and addresses do not move anything. */
export function layoutKey(graph: TopologyGraph): string {
  const hosts = graph.hosts.map((host) => [
    host.id,
    host.endpoints.map((each) => [each.id, each.ports.map((port) => [port.id, port.networkId])]),
  ])
  const routers = graph.routers.map((each) => [each.id, each.ports.map((port) => [port.id, port.networkId, port.isGateway])])
  const networks = graph.networks.map((network) => [network.id, network.subnets.length, network.floatingIps !== null])
  return JSON.stringify([hosts, networks, routers])
}
