// Follows up an edit: brings along what the design chooses by itself (bindings of subports, DHCP ports, local VLANs), so that every stored
// topology is complete and nothing is left to be chosen when it is carried out.

import { assignDhcpPorts } from './kinds/port/dhcp-ports'
import { bindSubPorts } from './kinds/trunk/bind-sub-ports'
import { assignLocalVlans } from './allocate/local-vlans'
import { acceptedUnless, type EditOutcome, refused } from './edit'
import type { IdSource } from './id-source'
import { sortTopology } from './order'
import type { Topology } from './topology'
import type { Violation } from './violation'

/** Refuses for the given violations, else settles; settling may itself run out of addresses or VLANs. */
export function settle<Value>(candidate: Topology, violations: readonly Violation[], value: Value, ids: IdSource): EditOutcome<Value> {
  if (violations.length > 0) return acceptedUnless(violations, candidate, value)
  const bound = bindSubPorts(candidate)
  const ports = assignDhcpPorts(bound, ids)
  if (!ports.ok) return refused(ports.violation)
  const withPorts = ports.value === bound.ports ? bound : { ...bound, ports: ports.value }
  const localVlans = assignLocalVlans(withPorts)
  if (!localVlans.ok) return refused(localVlans.violation)
  return acceptedUnless([], sortTopology({ ...withPorts, localVlans: localVlans.value }), value)
}
