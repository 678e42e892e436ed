// What "ours" means on one host, for kinds that carry no mark of their own: addresses, routes and rules belong to the link
// or namespace they live in, and the bridge's own port belongs to the bridge.

import type { HostState } from '../host/host-state'
import { linkKey } from '../host/link'

export interface OwnScope {
  readonly links: ReadonlySet<string>
  readonly namespaces: ReadonlySet<string>
}

/** Desired namespaces count too: a half-made one may not carry its mark yet, and the plan says so when it is foreign. */
export function ownScope(desired: HostState, observed: HostState): OwnScope {
  const marked = (state: HostState) => ({
    links: state.links.filter((link) => link.owner !== null).map(linkKey),
    namespaces: state.namespaces.filter((namespace) => namespace.owner !== null).map((namespace) => namespace.name),
  })
  const [want, have] = [marked(desired), marked(observed)]
  return {
    links: new Set([...want.links, ...have.links]),
    namespaces: new Set([...want.namespaces, ...have.namespaces]),
  }
}
