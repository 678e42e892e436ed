// After a run: the pairs worth verifying. One per touched port, towards another port of its network, best on another host,
// because that is where most of the path is.

import type { Endpoint } from '@/server/core/path/path'
import type { Impact } from '@/server/core/plan/plan'

export interface TouchedPath {
  readonly from: Endpoint
  readonly to: Endpoint
}

export function touchedPaths(impacts: readonly Impact[], endpoints: readonly Endpoint[]): readonly TouchedPath[] {
  const touched = new Set(impacts.filter((impact) => impact.kind !== 'removed').map((impact) => impact.portId))
  const paths: TouchedPath[] = []
  for (const from of endpoints) {
    if (!touched.has(from.id) || from.kind !== 'vm') continue
    const to = farthest(from, endpoints)
    if (to !== null && !paths.some((path) => isSamePair(path, from, to))) paths.push({ from, to })
  }
  return paths
}

/** VMs before DHCP servers, other hosts before the own one. */
function farthest(from: Endpoint, endpoints: readonly Endpoint[]): Endpoint | null {
  // A floating IP is one of these ports again.
  const others = endpoints.filter((each) => each.networkId === from.networkId && each.id !== from.id && each.floatingIp === undefined)
  const score = (each: Endpoint) => (each.kind === 'vm' ? 2 : 0) + (each.hostId === from.hostId ? 0 : 1)
  return others.reduce<Endpoint | null>((best, each) => (best !== null && score(best) >= score(each) ? best : each), null)
}

const isSamePair = (path: TouchedPath, a: Endpoint, b: Endpoint): boolean =>
  (path.from.id === a.id && path.to.id === b.id) || (path.from.id === b.id && path.to.id === a.id)
