import type { TopologyGraph } from './graph-parts'

/** Equal for graphs that are laid out equally: names and addresses do not move anything. */
export function layoutKey(graph: TopologyGraph): string {
  const hosts = graph.hosts.map((host) => [
    host.id,
    host.endpoints.map((each) => [each.id, each.ports.map((port) => [port.id, port.networkId])]),
  ])
  return JSON.stringify([hosts, graph.networks.map((network) => [network.id, network.subnets.length])])
}
