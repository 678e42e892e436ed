// By which hops the packets of a ping travel. On one network replies come by where the requests went, whatever was read: the hops of the way
// forth in reverse. Through a router each direction has a way of its own, and ARP goes no further than the router.

import type { Endpoint, Path, PathHop } from './path'
import type { TrafficKind } from './traffic-kinds'

type Ends = { readonly source: Pick<Endpoint, 'networkId'>; readonly destination: Pick<Endpoint, 'networkId'> }

export const isReply = (kind: TrafficKind): boolean => kind === 'arp-reply' || kind === 'echo-reply'

export const isRouted = ({ source, destination }: Ends): boolean => source.networkId !== destination.networkId

/** What a verification measures: the way forth, then what the way back alone comes by. */
export function measuredHops(path: Path): readonly PathHop[] {
  return [...path.forth.hops, ...hopsOfBackAlone(path)]
}

/** In the order of travel, each one of `measuredHops`. */
export function travelOf(path: Path, kind: TrafficKind): readonly PathHop[] {
  const { forth } = path
  if (!isRouted(path)) return isReply(kind) ? forth.hops.toReversed() : forth.hops
  if (kind === 'echo-request') return forth.hops
  if (kind === 'echo-reply') return path.back.hops.map((hop) => hopOnTheWayForth(path, hop) ?? hop)
  const router = forth.hops.findIndex(({ role }) => role === 'router-port')
  const asked = router < 0 ? forth.hops : forth.hops.slice(0, router + 1)
  return isReply(kind) ? asked.toReversed() : asked
}

/** The same place on the way back. */
export const hopOnTheWayBack = <Hop extends Pick<PathHop, 'id'>>(
  path: { readonly back: { readonly hops: readonly Hop[] } },
  { id }: Hop,
): Hop | undefined => path.back.hops.find((hop) => hop.id === id)

const hopOnTheWayForth = ({ forth }: Path, { id }: PathHop): PathHop | undefined => forth.hops.find((hop) => hop.id === id)

const hopsOfBackAlone = (path: Path): readonly PathHop[] =>
  isRouted(path) ? path.back.hops.filter((hop) => !hopOnTheWayForth(path, hop)) : []
