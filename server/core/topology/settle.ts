// Follows up an edit: brings along what the design chooses by itself (what each kind settles, then local VLANs and connection tracking zones, which follow
// from where ports have come to stand), so that every stored topology is complete and nothing is left to be chosen when it is carried out.

import type { Allocated } from './allocate/allocated'
import { assignConntrackZones } from './allocate/conntrack-zones'
import { assignLocalVlans } from './allocate/local-vlans'
import { acceptedUnless, type EditOutcome, refused } from './edit'
import type { IdSource } from './id-source'
import { kindNames, kindOf } from './kinds/kinds'
import { sortTopology } from './order'
import type { Topology } from './topology'
import type { Violation } from './violation'

/** Refuses for the given violations, else settles; settling may itself run out of addresses, VLANs or zones. */
export function settle<Value>(candidate: Topology, violations: readonly Violation[], value: Value, ids: IdSource): EditOutcome<Value> {
  if (violations.length > 0) return acceptedUnless(violations, candidate, value)
  const settled = settleKinds(candidate, ids)
  if (!settled.ok) return refused(settled.violation)
  const localVlans = assignLocalVlans(settled.value)
  if (!localVlans.ok) return refused(localVlans.violation)
  const zoned = assignConntrackZones({ ...settled.value, localVlans: localVlans.value })
  return zoned.ok ? acceptedUnless([], sortTopology(zoned.value), value) : refused(zoned.violation)
}

function settleKinds(candidate: Topology, ids: IdSource): Allocated<Topology> {
  let topology = candidate
  for (const kind of kindNames) {
    const settled = kindOf(kind).settle?.(topology, ids)
    if (settled && !settled.ok) return settled
    topology = settled?.value ?? topology
  }
  return { ok: true, value: topology }
}
