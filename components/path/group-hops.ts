// Which inner box each hop stands in: the guest, or the bridge it is a port of. Equal neighbours share one box. Pure.

import type { PathHop, Role } from '@/server/core/path/path'

/** Names of the two ends, for the boxes of guests. */
export interface EndLabels {
  readonly source: string
  readonly destination: string
}

export const unnamedEnds: EndLabels = { source: 'VM', destination: 'VM' }

export interface Group {
  readonly kind: 'bridge' | 'guest'
  readonly label: string
}

/** The inner box of each hop, null when it stands free. Equal neighbours share one box. */
export function groupHops(hops: readonly PathHop[], ends: EndLabels = unnamedEnds): readonly (Group | null)[] {
  const own = hops.map((_, index) => ownGroup(hops, index, ends))
  return own.map((group, index) => group ?? borrowedGroup(hops, own, index))
}

/** Hops that are a bridge themselves. */
const BRIDGES: ReadonlySet<Role> = new Set(['data-bridge', 'brq', 'trunk-bridge', 'br-tun', 'provider-bridge', 'underlay-bridge'])

function ownGroup(hops: readonly PathHop[], index: number, ends: EndLabels): Group | null {
  const hop = hops[index]!
  if (BRIDGES.has(hop.role)) return { kind: 'bridge', label: hop.place.device }
  switch (hop.role) {
    case 'vm':
      return { kind: 'guest', label: index === 0 ? ends.source : ends.destination }
    case 'tap':
      return tapGroup(hops, index)
    case 'qbr':
    case 'qvb':
      return { kind: 'bridge', label: plugBridge(hops, index) }
    case 'inner-host':
      return { kind: 'guest', label: hop.place.device }
    case 'qvo':
      return { kind: 'bridge', label: bridgeBeside(hops, index) ?? 'br-int' }
    case 'br-int':
      return { kind: 'bridge', label: 'br-int' }
    case 'tap-vlan':
    case 'vlan-device':
    case 'vxlan-device':
      return networkBridgeBeside(hops, index)
    default:
      return null
  }
}

/** With the Linux bridge agent a tap is in its network's bridge; that of a trunk's parent, seen from a subport, in another one. */
function tapGroup(hops: readonly PathHop[], index: number): Group | null {
  const isOfParent = [hops[index - 1], hops[index + 1]].some((hop) => hop?.role === 'tap-vlan')
  return isOfParent ? null : (networkBridgeBeside(hops, index) ?? { kind: 'bridge', label: plugBridge(hops, index) })
}

function networkBridgeBeside(hops: readonly PathHop[], index: number): Group | null {
  const bridge = [hops[index - 1], hops[index + 1]].find((hop) => hop?.role === 'brq')
  return bridge ? { kind: 'bridge', label: bridge.place.device } : null
}

/** On a trunk the VIF is a port of the trunk's bridge, on a nested uplink the veth's end one of the provider bridge. */
const bridgeBeside = (hops: readonly PathHop[], index: number): string | null =>
  [hops[index - 1], hops[index + 1]].find((hop) => hop?.role === 'trunk-bridge' || hop?.role === 'provider-bridge')?.place.device ?? null

/** A tap without a qbr beside it is plugged straight into br-int. */
function plugBridge(hops: readonly PathHop[], index: number): string {
  const isPlug = (hop: PathHop | undefined) =>
    hop?.role === 'tap' || hop?.role === 'qbr' || hop?.role === 'qvb' || hop?.role === 'data-bridge'
  let first = index
  while (isPlug(hops[first - 1])) first -= 1
  let last = index
  while (isPlug(hops[last + 1])) last += 1
  return hops.slice(first, last + 1).find((hop) => hop.role === 'qbr' || hop.role === 'data-bridge')?.place.device ?? 'br-int'
}

/** Patch ports belong to the bridge they touch; a NIC to the bridge it is a port of. */
function borrowedGroup(hops: readonly PathHop[], own: readonly (Group | null)[], index: number): Group | null {
  const hop = hops[index]!
  const neighbour = (step: -1 | 1) => (hops[index + step]?.place.hostId === hop.place.hostId ? (own[index + step] ?? null) : null)
  if (hop.role === 'nic') {
    const isSwitch = (step: -1 | 1) => ['provider-bridge', 'underlay-bridge', 'brq'].includes(hops[index + step]?.role ?? '')
    return isSwitch(-1) ? neighbour(-1) : isSwitch(1) ? neighbour(1) : null
  }
  if (hop.role !== 'patch' && hop.role !== 'trunk-patch') return null
  // A pair drawn as one hop stands between its bridges; drawn as two, each end stands in its own.
  const isPairLeft = hops[index + 1]?.role === hop.role
  const isPairRight = hops[index - 1]?.role === hop.role
  if (isPairLeft) return neighbour(-1)
  return isPairRight ? neighbour(1) : null
}

export const isSameGroup = (a: Group | null | undefined, b: Group | null | undefined): boolean =>
  a === b || (a != null && b != null && a.kind === b.kind && a.label === b.label)
