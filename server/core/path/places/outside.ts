// Whoever is outside, where a path leaves the cloud or comes from: nothing can be read there. What is known is by which NIC, and to whom the stack or
// the guest before it hands on.

import { UNHEARD_MAC } from '../../walk/frame'
import { type HopFacts, noProof } from '../hop'
import type { Stop } from '../stop'

/** `stops`: of the whole leg. `firstAsked`: whom its sender hands on to. */
export function outside(stops: readonly Stop[], index: number, firstAsked: string | null): HopFacts {
  const { in: frame } = stops[index]!
  const isSource = index === 0
  const nic = stops[isSource ? 1 : index - 1]
  const mac = isSource ? frame.sourceMac : frame.destinationMac
  const asked = stops.slice(0, index).flatMap(({ causes }) => causes.flatMap((cause) => (cause.kind === 'neighbour' ? [cause.ref] : [])))
  return {
    detail: {
      code: 'outside',
      params: {
        direction: isSource ? 'from' : 'to',
        // Keys end with the address.
        nextHop: isSource ? null : (asked.at(-1)?.split('/').at(-1) ?? firstAsked),
        mac: mac === UNHEARD_MAC ? null : mac,
        nic: nic?.place.device ?? null,
        host: nic?.side.host.name ?? null,
      },
    },
    proof: noProof({ code: 'outside', params: {} }),
    isObservable: false,
    counters: null,
  }
}
