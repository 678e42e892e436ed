// Namespaces as boxes: Linux bridges with their ports, then everything else that lives there.

import type { HostState } from './host-state'
import type { LinkView } from './inside-links'
import type { InsideBridge, InsideLink, InsideNamespace } from './inside-types'

/** The root namespace first, the others by name. */
export function insideNamespaces(state: HostState, links: LinkView): InsideNamespace[] {
  const named = state.namespaces.map(({ name, owner }) => ({ name, owner })).filter(({ name }) => name !== '')
  const sorted = named.sort((a, b) => (a.name < b.name ? -1 : 1))
  return [{ name: '', owner: null }, ...sorted].map(({ name, owner }) => ({
    name,
    owner,
    isOurs: owner !== null,
    ...nestBridges(links.all.filter((link) => link.netns === name)),
    routeCount: state.routes.filter((route) => route.netns === name).length,
    dnsmasq: findDnsmasq(state, name),
  }))
}

function nestBridges(links: readonly InsideLink[]): { bridges: InsideBridge[]; links: InsideLink[] } {
  const bridges = links.filter((link) => link.type === 'bridge')
  const names = new Set(bridges.map((bridge) => bridge.name))
  const isPort = (link: InsideLink) => link.master !== null && names.has(link.master)
  return {
    bridges: bridges.map((bridge) => ({ bridge, ports: links.filter((link) => link.master === bridge.name) })),
    links: links.filter((link) => link.type !== 'bridge' && !isPort(link)),
  }
}

function findDnsmasq({ dnsmasq }: HostState, netns: string): InsideNamespace['dnsmasq'] {
  const instance = dnsmasq.find((each) => each.netns === netns)
  if (!instance) return null
  return { networkId: instance.networkId, isRunning: instance.isRunning, leaseCount: instance.leases?.length ?? 0 }
}
