// A packet followed by computation, from where it starts to every place where it can end: Linux, Open vSwitch, and from host to host.
// Here crossings are strung into a tree; what happens at a place stands in linux/ and openflow/. Nothing is concluded from what was
// not read or is not understood (`unknown`), and a walk is bounded: in depth, in hops, and in walks beside it.

import { dropped, left, unknown } from './ends'
import type { Frame } from './frame'
import type { Fleet, OutsideSegment } from './fleet'
import { crossing, type Arrival, type ArrivalAt, type Crossing, type Packet } from './linux/arrival'
import { crossBridge } from './linux/bridge'
import type { Context } from './linux/context'
import { receive, transmit } from './linux/device'
import { enterGuest, leaveGuest } from './linux/guest'
import { Connections, type Connection } from './linux/netfilter/conntrack'
import { receiveAtStack } from './linux/stack/input'
import { sendFromStack } from './linux/stack/output'
import { crossPatch, crossSwitch, enterByTunnel, leaveByTunnel, visited } from './linux/switch'
import { crossWire, leaveOutside } from './linux/wire'
import type { Place, WalkHop } from './walk-result'

export type WalkStart = StartOnHost | StartOutside

/** By somebody outside, with the tag of the segment. */
interface StartOutside {
  readonly as: 'sent-by-outside'
  readonly segment: OutsideSegment
  readonly frame: Frame
}

export interface StartOnHost {
  readonly hostId: string
  readonly netns: string
  /** Where it starts; '' with `sent-by-stack` leaves it to the route. */
  readonly device: string
  readonly frame: Frame
  /**
   * By the VM behind the tap; by the namespace's stack (which sets the MACs, and a source of 0.0.0.0); by the device, as it is;
   * out of the device.
   */
  readonly as: 'sent-by-guest' | 'sent-by-stack' | 'sent-by-device' | 'received'
}

export interface Walk {
  readonly root: WalkHop
  /** What the packet leaves behind in the connection tables: with these the walk of an answer finds its way back through NAT. */
  readonly connections: readonly Connection[]
}

const MAX_DEPTH = 200
const MAX_HOPS = 5000
/** A neighbour is asked for by a walk, in which a tunnel may ask for another. */
const MAX_ASIDE = 3

type Places = { readonly [At in Arrival['at']]: (arrival: ArrivalAt<At>, context: Context) => Crossing }

const places: Places = {
  receive,
  transmit,
  bridge: crossBridge,
  'stack-in': receiveAtStack,
  'stack-out': sendFromStack,
  switch: crossSwitch,
  visited,
  patch: crossPatch,
  'tunnel-out': leaveByTunnel,
  'tunnel-in': enterByTunnel,
  'guest-in': enterGuest,
  'guest-out': leaveGuest,
  wire: crossWire,
  'outside-out': leaveOutside,
}

/** `known`: connections that earlier walks left; of an answer to what nobody has followed, that there are some. */
export function walk(fleet: Fleet, start: WalkStart, known: readonly Connection[] | 'assumed' = []): Walk {
  const connections = known === 'assumed' ? new Connections([], true) : new Connections(known)
  const arrival = arrivalOf(fleet, start)
  const root = 'at' in arrival ? new Walker(fleet, connections, 0, { left: MAX_HOPS }).follow(arrival, null) : arrival
  return { root, connections: connections.made }
}

const FIRST = { 'sent-by-guest': 'guest-out', 'sent-by-device': 'transmit', received: 'receive' } as const

function arrivalOf(fleet: Fleet, start: WalkStart): Arrival | WalkHop {
  if (start.as === 'sent-by-outside') return { at: 'outside-out', segment: start.segment, packet: { frame: start.frame, mark: 0 } }
  const { hostId, netns, device, frame, as } = start
  const host = fleet.hosts.get(hostId)
  const link = host?.link(netns, device) ?? null
  const packet = { frame, mark: 0 }
  if (host && (link || (as === 'sent-by-stack' && device === ''))) {
    if (as === 'sent-by-stack') return { at: 'stack-out', host, netns, link, packet }
    if (link) return { at: FIRST[as], host, link, packet }
  }
  const place: Place = { hostId, netns, kind: 'other', device }
  const end = host
    ? host.unread('links', { netns }) === null
      ? dropped('no-device', { device })
      : unknown('unread', { about: 'links', netns })
    : left('unread-host', { host: hostId })
  return { id: `${hostId}/${netns}/other/${device}#1`, place, in: frame, inPort: null, causes: [], branches: [], end }
}

/** Places that a branch has come by, and with which packet, innermost first. */
interface Trail {
  readonly key: string
  readonly packet: Packet
  readonly depth: number
  readonly before: Trail | null
}

class Walker {
  readonly #ordinals = new Map<string, number>()
  readonly #context: Context

  constructor(
    fleet: Fleet,
    connections: Connections,
    aside: number,
    private readonly budget: { left: number },
  ) {
    this.#context = {
      fleet,
      connections,
      learnedPorts: new Map(),
      walkAside: (arrival) => (aside >= MAX_ASIDE ? null : new Walker(fleet, new Connections(), aside + 1, budget).follow(arrival, null)),
    }
  }

  follow(arrival: Arrival, before: Trail | null): WalkHop {
    const found = this.#cross(arrival)
    const here = placeKey(found.place)
    const trail: Trail = {
      key: `${arrival.at}/${here}/${found.inPort ?? ''}`,
      packet: arrival.packet,
      depth: (before?.depth ?? 0) + 1,
      before,
    }
    const stop = this.#whyStop(trail)
    const { place, inPort, causes, outlets, end, losses } = stop ? crossing(found.place, { inPort: found.inPort, end: stop }) : found
    const ordinal = (this.#ordinals.get(here) ?? 0) + 1
    this.#ordinals.set(here, ordinal)
    this.#context.fleet.visited.set(here, place)
    const branches = outlets.map(({ out, outPort, alternative, next }) => ({ out, outPort, alternative, next: this.follow(next, trail) }))
    return {
      id: `${here}#${ordinal}`,
      place,
      in: arrival.packet.frame,
      inPort,
      causes,
      branches,
      end,
      ...(losses.length > 0 && { losses }),
    }
  }

  #cross<At extends Arrival['at']>(arrival: ArrivalAt<At>): Crossing {
    return (places[arrival.at] as (arrival: ArrivalAt<At>, context: Context) => Crossing)(arrival, this.#context)
  }

  #whyStop(trail: Trail) {
    if (trail.depth > MAX_DEPTH || this.budget.left-- <= 0) return unknown('too-many', { about: 'hops' })
    for (let each = trail.before; each; each = each.before)
      if (each.key === trail.key && isSame(each.packet, trail.packet)) return dropped('loop')
    return null
  }
}

/** Asked only of packets that come to one place again. */
const isSame = (left: Packet, right: Packet): boolean => left === right || JSON.stringify(left) === JSON.stringify(right)

const placeKey = ({ hostId, netns, kind, device }: Place): string => `${hostId ?? ''}/${netns}/${kind}/${device}`
