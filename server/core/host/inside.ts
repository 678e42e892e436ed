// One observation as nested boxes: every device appears once, in its namespace and under its bridge; OVS ports point at
// the device they stand for, veth and patch ends at each other, taps at their VM. Pure joins by name within a namespace:
// pairing across namespaces was done by the parser, by ifindex.

import { insideDomains } from './inside-domains'
import { makeLinkView } from './inside-links'
import { insideNamespaces } from './inside-namespaces'
import { insideOvsBridges } from './inside-ovs'
import type { HostInside } from './inside-types'
import type { HostObservation } from './observation'

interface HostName {
  readonly id: string
  readonly name: string
}

export function describeInside(host: HostName, observation: HostObservation | null): HostInside {
  const empty = { hostId: host.id, hostName: host.name, observedAt: null, namespaces: [], ovsBridges: [], domains: [], unparsed: [] }
  if (!observation) return empty
  const { state, observedAt, unparsed } = observation
  const links = makeLinkView(state)
  return {
    ...empty,
    observedAt,
    namespaces: insideNamespaces(state, links),
    ovsBridges: insideOvsBridges(state, links),
    domains: insideDomains(state, links),
    unparsed,
  }
}
