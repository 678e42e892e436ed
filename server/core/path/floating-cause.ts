// Why packets of a floating IP end in a router's namespaces, or pass them untranslated: of what stands there for it (docs/reference/routers.md), the part
// that is missing. Read off the reading of the host; where that does not tell, nothing is said.

import type { Coded } from '../finding'
import type { HostState } from '../host/host-state'
import { findById } from '../topology/find'
import { floatingIpsTo } from '../topology/floating-ips'
import type { Frame } from '../walk/frame'
import type { WalkEnd } from '../walk/walk-result'
import type { FloatingParams, HopFinding } from './hop-params'
import type { HostView } from './host-view'
import { floatingAddress } from './list-endpoints'
import type { PathHop } from './path'
import type { PathSide } from './path-side'

export type FloatingCause = Coded<FloatingParams>

/** Both addresses of one that leads to the port of an end. */
interface Pair {
  readonly fixed: string
  readonly floating: string
  readonly isDistributed: boolean
}

export interface EndedHop {
  readonly hop: PathHop
  /** null: not read. */
  readonly view: HostView | null
  readonly end: WalkEnd
}

export function floatingCause({ hop, view, end }: EndedHop, sides: readonly PathSide[]): FloatingCause | null {
  const pair = sides.flatMap(pairsOf)[0]
  if (!view || !pair || end.kind !== 'dropped') return null
  const { state } = view.observation
  if (hop.place.netns.startsWith('fip-')) return inFloatingNamespace(hop, state, pair)
  // By hand, and in a centralized router, the floating IP is an address of the router.
  const isInRouter = hop.place.netns.startsWith('qrouter-') && (end.code === 'no-route' || end.code === 'own-address')
  return isInRouter ? inRouter(hop, state, pair) : null
}

const pairsOf = ({ topology, port }: PathSide): readonly Pair[] =>
  floatingIpsTo(topology.floatingIps, port.id).flatMap((floatingIp) => {
    const { fixedIpAddress: fixed, routerId } = floatingIp
    const router = findById(topology.routers, routerId)
    return fixed === null || !router
      ? []
      : [
          {
            fixed,
            floating: floatingAddress(topology, floatingIp),
            isDistributed: router.isDistributed && router.floatingIpMode !== 'gateway',
          },
        ]
  })

function inRouter(
  { place: { netns }, in: frame }: PathHop,
  { rules, routes }: HostState,
  { fixed, floating, isDistributed }: Pair,
): FloatingCause | null {
  const [from, to] = addressesOf(frame)
  if (to === floating) return { code: 'not-translated-in', params: { netns, fixed, floating } }
  if (from !== fixed || !isDistributed) return null
  const rule = rules.find((each) => each.netns === netns && isHost(each.source, fixed))
  if (!rule) return { code: 'no-floating-rule', params: { netns, fixed } }
  const hasWay = routes.some((each) => each.netns === netns && each.table === rule.table && each.destination === 'default')
  return hasWay ? null : { code: 'no-floating-route', params: { netns, table: rule.table } }
}

function inFloatingNamespace(
  { place: { netns }, in: frame }: PathHop,
  { routes, sysctls }: HostState,
  { floating }: Pair,
): FloatingCause | null {
  const [, to] = addressesOf(frame)
  if (to !== floating) return frame.payload.kind === 'arp' ? null : { code: 'no-way-out', params: { netns } }
  if (!routes.some((each) => each.netns === netns && isHost(each.destination, floating)))
    return { code: 'no-way-to-floating', params: { netns, floating } }
  const off = sysctls.find((each) => each.netns === netns && /\/fg-[^/]+\/proxy_arp$/.test(each.key) && each.value === '0')
  return off && frame.payload.kind === 'arp' ? { code: 'proxy-arp-off', params: { netns, device: off.key.split('/').at(-2) ?? '' } } : null
}

const isHost = (prefix: string, address: string): boolean => prefix === address || prefix === `${address}/32`

function addressesOf({ payload }: Frame): readonly [from: string, to: string] {
  if (payload.kind === 'arp') return [payload.senderIp, payload.targetIp]
  return payload.kind === 'other' ? ['', ''] : [payload.source, payload.destination]
}

/** It arrives outside with an address that nobody there can answer. `hops`: of a leg that arrives. */
export function untranslated(hops: readonly PathHop[], from: PathSide): { readonly index: number; readonly finding: HopFinding } | null {
  const [last, router] = [hops.at(-1), hops.findLastIndex(({ role }) => role === 'router')]
  const own = from.endpoint.ipAddress
  if (last?.role !== 'outside' || router < 0 || own === null || addressesOf(last.in)[0] !== own) return null
  const first = hops.findIndex(({ role }) => role === 'router')
  const gate = findById(from.topology.routers, hops[first]!.place.netns.replace(/^qrouter-/, ''))
  const pair = pairsOf(from)[0]
  if (!pair && !gate?.gateway?.isSnatEnabled) return null
  // A floating IP is translated in the router, the rest where it leads out: of a distributed one that is its central part.
  const index = pair ? first : router
  const { netns } = hops[index]!.place
  return { index, finding: { code: 'leaves-untranslated', params: { netns, address: own, floating: pair?.floating ?? null } } }
}
