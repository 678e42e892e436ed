// What somebody who watches a path knows of its hosts. Each is read whole once; from then on only the parts that the path rests on are read,
// and laid over the whole. What is laid together stays here: plans, ways back and lists of leftovers stand on whole readings alone.
//
// It is exact or it is given up: where a drawing rests on anything outside the scope, the host counts as last read whole, with the age of
// that reading, and is read whole at once.

import type { HostObservation } from '@/server/core/host/observation'
import { toObservation, type ReadSections } from '@/server/core/parse/host-read'
import { isWithin, type HostScope } from '@/server/core/parse/host-part'
import { overlay } from '@/server/core/parse/overlay'
import type { Clock } from '@/server/effects/clock'
import type { HostManager } from './host-manager'

export interface HostWatch {
  /** What the path rests on, or the whole host. */
  read(hostId: string): Promise<void>
  readWhole(hostId: string): Promise<void>
  last(hostId: string): Promise<HostObservation | null>
  /** What was drawn from the last readings rests on these parts. The answer: hosts of which it rests on more than was read, given up here. */
  follow(crossed: ReadonlyMap<string, HostScope>): string[]
  /** Something changes the hosts: each is read whole next. */
  forget(): void
}

interface Watched {
  readonly whole: ReadSections
  /** What the first drawing since then rested on; null before it. */
  readonly scope: HostScope | null
  readonly laid: HostObservation | null
}

/**
 * A path concludes nothing from the rest of a host, so this bounds no error. It is what a wrong answer to "what does it rest on" would
 * last, and makes a host that is watched cost a whole reading a minute instead of one every two seconds.
 */
export const MAX_WHOLE_AGE_MS = 60_000

export function createHostWatch({ hosts, clock }: { readonly hosts: HostManager; readonly clock: Clock }): HostWatch {
  const watched = new Map<string, Watched>()
  let changes = 0

  async function readWhole(hostId: string): Promise<void> {
    const before = changes
    const whole = await hosts.readWhole(hostId)
    if (before === changes) watched.set(hostId, { whole, scope: null, laid: null })
  }

  return {
    readWhole,
    read: async (hostId) => {
      const known = watched.get(hostId)
      if (!known || clock.now().getTime() - Date.parse(known.whole.observedAt) > MAX_WHOLE_AGE_MS) return readWhole(hostId)
      // It came when nobody waited for it any more, and is drawn now.
      if (known.scope === null) return
      const both = overlay(known.whole, await hosts.readPart(hostId, known.scope), known.scope)
      if (both === null) return readWhole(hostId)
      // Given up or read whole meanwhile, by a later call.
      if (watched.get(hostId)?.whole === known.whole) watched.set(hostId, { ...known, laid: toObservation(both) })
    },
    last: async (hostId) => {
      const [laid, whole] = [watched.get(hostId)?.laid, await hosts.last(hostId)]
      return laid && (whole === null || laid.observedAt > whole.observedAt) ? laid : whole
    },
    follow: (crossed) => {
      const beyond: string[] = []
      for (const [hostId, { whole, scope, laid }] of watched) {
        const rests = crossed.get(hostId) ?? new Set()
        if (scope === null) watched.set(hostId, { whole, scope: rests, laid })
        else if (laid && !isWithin(rests, scope)) beyond.push(hostId)
      }
      for (const hostId of beyond) watched.delete(hostId)
      return beyond
    },
    forget: () => {
      changes += 1
      watched.clear()
    },
  }
}
