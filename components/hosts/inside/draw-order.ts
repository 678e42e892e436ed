// The order in which things are drawn: as a packet meets them on its way out, what matters least last. Pure.

import { compareNames } from '@/components/ui/compare-naturally'
import type { HostInside, InsideLink, InsideNamespace, InsideOvsBridge, InsideOvsPort } from '@/server/core/api-types'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '@/server/core/naming'

type Ranked = readonly [number, string]

const compare = (a: Ranked, b: Ranked): number => a[0] - b[0] || compareNames(a[1], b[1])
const sorted = <T>(items: readonly T[], rank: (item: T) => Ranked): readonly T[] => items.toSorted((a, b) => compare(rank(a), rank(b)))

const BRIDGES = [INTEGRATION_BRIDGE, TUNNEL_BRIDGE]

export const orderedBridges = (inside: HostInside): readonly InsideOvsBridge[] =>
  sorted(inside.ovsBridges, ({ name }) => [BRIDGES.includes(name) ? BRIDGES.indexOf(name) : BRIDGES.length, name])

/** Plugs first, then tunnels and patches, the bridge's own port last. */
export const orderedPorts = (bridge: InsideOvsBridge): readonly InsideOvsPort[] =>
  sorted(bridge.ports, (port) => [port.name === port.bridge ? 3 : port.type === 'patch' ? 2 : port.type === 'vxlan' ? 1 : 0, port.name])

/** The root namespace's ports of Open vSwitch are drawn in their bridge, not twice; NICs in both, since they are the way out. */
export function orderedLinks(namespace: InsideNamespace): readonly InsideLink[] {
  const links =
    namespace.name === '' ? namespace.links.filter((link) => link.ovsPort === null || link.type === 'physical') : namespace.links
  return sorted(links, (link) => [link.name === 'lo' ? 2 : link.type === 'physical' ? 0 : 1, link.name])
}
