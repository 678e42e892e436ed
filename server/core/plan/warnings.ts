// What an operator should know before applying, although nothing stands in the way. Read off the changes of the plan: what a
// plan does not touch, it does not warn about.

import { labelUplink } from '../topology/kinds/nested-uplink/nested-uplink-label'
import { dataQvoName, qbrName, tpiName } from '../naming'
import type { NestedUplink } from '../topology/kinds/nested-uplink/nested-uplink'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import { diskWarnings } from './move-impacts'
import { findMoves } from './moves'
import type { HostPlan } from './plan'
import type { PlanWarning } from './plan-params'
import { trunkSubject } from './subjects'

export function findWarnings(hosts: readonly HostPlan[], desired: Topology): PlanWarning[] {
  return [...diskWarnings(findMoves(hosts, desired), desired), ...hosts.flatMap((host) => hostFindings(host, desired))]
}

function hostFindings(host: HostPlan, desired: Topology): PlanWarning[] {
  return [
    ...(host.warnings ?? []),
    ...desired.trunks.filter((trunk) => touches(host, trunk)).map((trunk) => trunkSecurity(desired, trunk)),
    ...desired.nestedUplinks.filter((uplink) => isPlugged(host, uplink)).map((uplink) => uplinkSecurity(desired, uplink)),
  ]
}

/** Its bridge, or the wiring of a subport, appears or changes. */
function touches({ changes }: HostPlan, trunk: Trunk): boolean {
  const owners = new Set([trunk.id, ...trunk.subPorts.map(({ portId }) => portId)])
  return changes.some(
    ({ kind, action, owner }) =>
      (kind === 'ovsBridges' || kind === 'ovsPorts') && action !== 'remove' && owner !== null && owners.has(owner.id),
  )
}

/** Why Neutron declares iptables_hybrid incompatible with trunks: docs/reference/trunks.md, decision 10. */
const trunkSecurity = (desired: Topology, trunk: Trunk): PlanWarning => ({
  code: 'trunk-unfiltered',
  severity: 'warning',
  subject: trunkSubject(desired, trunk),
  params: { qbr: qbrName(trunk.portId), tpi: tpiName(trunk.portId) },
})

const isPlugged = ({ changes }: HostPlan, { id }: NestedUplink): boolean =>
  changes.some(({ kind, action, owner }) => kind === 'ovsPorts' && action === 'create' && owner?.id === id)

/** docs/reference/nested-uplinks.md */
const uplinkSecurity = (desired: Topology, uplink: NestedUplink): PlanWarning => ({
  code: 'uplink-unfiltered',
  severity: 'warning',
  subject: { kind: 'nestedUplink', id: uplink.id, name: labelUplink(desired, uplink) },
  params: { qvo: dataQvoName(uplink.number) },
})
