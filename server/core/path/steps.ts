// The hops of a walk as the places of a path: what is one thing to people is one place (a pair of patch ports, a tunnel port with its
// bridge and the stack that sends for it, the wire of a host that is a VM), and each has the frame that comes in and the one that goes out.

import { PATCH_TUN } from '../naming'
import type { Frame } from '../walk/frame'
import type { Cause, WalkHop } from '../walk/walk-result'
import { tunnelOf } from './packets'
import type { HopPlace, Role } from './path'
import { roleOf } from './role'

export interface Step {
  readonly place: HopPlace
  readonly role: Role
  readonly in: Frame
  readonly out: Frame
  /** Device or port by which it came in, where the place has several. */
  readonly inPort: string | null
  /** By which it leaves for the next place. */
  readonly outPort: string | null
  /** In a tunnel to the next place. */
  readonly isTunnelled: boolean
  /** What decided here. */
  readonly causes: readonly Cause[]
}

interface Group {
  readonly role: Role
  readonly main: WalkHop
  readonly outPort: string | null
  /** Drawn with `main`: what stands before it, and behind it. */
  readonly lead: readonly WalkHop[]
  readonly tail: WalkHop[]
}

/** `isUnderlay`: the bridge holds the tunnel's address of its host. */
export function stepsOf(hops: readonly WalkHop[], isUnderlay: (hostId: string | null, bridge: string) => boolean): Step[] {
  const groups = grouped(hops, isUnderlay)
  const frames = groups.map((group, index) => (index === 0 ? first(group).in : between(groups[index - 1]!, group)))
  return groups.map((group, index) => ({
    place: placeOf(group),
    role: group.role,
    in: frames[index]!,
    out: frames[index + 1] ?? frames[index]!,
    inPort: group.main.inPort,
    outPort: group.outPort,
    isTunnelled: isTunnelled(group, groups[index + 1]),
    causes: group.main.causes,
  }))
}

function grouped(hops: readonly WalkHop[], isUnderlay: (hostId: string | null, bridge: string) => boolean): Group[] {
  const groups: Group[] = []
  let lead: WalkHop[] = []
  for (const [index, hop] of hops.entries()) {
    const { kind, hostId, device } = hop.place
    const role = roleOf(kind, hop.place, kind === 'ovs-bridge' && isUnderlay(hostId, device))
    const neighbour = drawnWith(hop, role, hops[index - 1], hops[index + 1])
    if (neighbour === 'next') lead.push(hop)
    else if (neighbour === 'before') groups.at(-1)?.tail.push(hop)
    else if (role !== null) {
      groups.push({ role, main: hop, outPort: hop.branches.find(({ next }) => next === hops[index + 1])?.outPort ?? null, lead, tail: [] })
      lead = []
    }
  }
  return groups
}

/** null: by itself. */
function drawnWith(
  { place: { kind, netns } }: WalkHop,
  role: Role | null,
  before: WalkHop | undefined,
  after: WalkHop | undefined,
): 'before' | 'next' | null {
  const next = after?.place.kind
  switch (kind) {
    case 'ovs-tunnel':
      return next === 'ovs-bridge' ? 'next' : 'before'
    case 'stack':
      return stackDrawnWith(role, next)
    // The bridge's own device.
    case 'ovs-internal':
      return netns === '' ? 'next' : null
    case 'ovs-patch':
      return role === 'patch' && before?.place.kind === 'ovs-patch' ? 'before' : null
    case 'wire':
      return before?.place.kind === 'tap' || next === 'tap' ? 'before' : null
    default:
      return null
  }
}

/** The stack that sends for a tunnel is part of it; a router stands for itself. */
function stackDrawnWith(role: Role | null, next: WalkHop['place']['kind'] | undefined): 'before' | 'next' | null {
  if (role === 'router') return null
  return next === 'ovs-tunnel' || next === 'vxlan' ? 'next' : 'before'
}

const first = ({ lead, main }: Group): WalkHop => lead[0] ?? main

/** A header that goes off on the way to the device that stands for it is drawn as that device's work. */
function between(left: Group, right: Group): Frame {
  const entry = first(right)
  const isTakenOff = (entry.place.kind === 'vlan' || entry.place.kind === 'ovs-tunnel') && headersOf(entry.in) < headersOf(left.main.in)
  return isTakenOff ? left.main.in : entry.in
}

/** VLAN tags, and the outside of a tunnel. */
export const headersOf = (frame: Frame): number => frame.vlans.length + (tunnelOf(frame) ? 1 : 0)

function isTunnelled({ tail }: Group, next: Group | undefined): boolean {
  return next !== undefined && [...tail, ...next.lead].some(({ place: { kind } }) => kind === 'ovs-tunnel' || kind === 'stack')
}

/** A pair of patch ports is called by its end on br-int. */
function placeOf({ role, main, tail }: Group): HopPlace {
  const { hostId, netns, kind, device } = main.place
  if (role !== 'patch') return { hostId, netns, kind, device }
  const inner = [device, ...tail.map((hop) => hop.place.device)].find((name) => name === PATCH_TUN || name.startsWith('int-'))
  return { hostId, netns, kind: 'patch-pair', device: inner ?? device }
}
