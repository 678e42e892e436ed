// What a place may ask for beside the packet that came to it.

import type { Fleet } from '../fleet'
import type { WalkHop } from '../walk-result'
import type { Arrival } from './arrival'
import type { Connections } from './netfilter/conntrack'

export interface Context {
  readonly fleet: Fleet
  readonly connections: Connections
  /** What Linux bridges learned from the frames of this walk: `<host>/<netns>/<bridge>/<MAC>` → port. An answer comes back by it. */
  readonly learnedPorts: Map<string, string>
  /** Follows another packet, which this one depends on (an ARP request); null: too deep already. */
  walkAside(arrival: Arrival): WalkHop | null
}
