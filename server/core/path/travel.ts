// By which hops the packets of a ping travel. On one network replies come by where the requests went, whatever was read: the hops of the way
// forth in reverse. Through a router each direction has a way of its own, and ARP goes no further than the router.

import type { Endpoint, Path, PathHop } from './path'
import type { TrafficKind } from './traffic-kinds'

type End = Pick<Endpoint, 'networkId' | 'kind' | 'floatingIp'>
type Ends = { readonly source: End; readonly destination: End }

export const isReply = (kind: TrafficKind): boolean => kind === 'arp-reply' || kind === 'echo-reply'

/** Its way is a walk: by a router, or beyond the cloud. A floating IP is asked for from without, also by its neighbours. */
export const isRouted = ({ source, destination }: Ends): boolean =>
  source.networkId !== destination.networkId || source.kind === 'outside' || isBeyond(destination)

/** Not reached by the address that it has in its network. */
export const isBeyond = ({ kind, floatingIp }: End): boolean => kind === 'outside' || floatingIp !== undefined

/** What is inside a guest, or nobody's here: only the ping speaks of it. */
export const isMute = ({ role }: Pick<PathHop, 'role'>): boolean => role === 'vm' || role === 'outside'

/**
 * As it is measured: nobody of ours can send from outside, so that the other end does, and who is outside answers. The requests then go by the way
 * back, and the replies come by the way forth.
 */
export const asMeasured = (path: Path): Path =>
  path.source.kind === 'outside'
    ? { ...path, source: path.destination, destination: path.source, forth: path.back, back: path.forth }
    : path

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
