// A trunk on an Open vSwitch host: a bridge of its own, joined to br-int by a pair of patch ports for each of its ports
// (docs/reference/trunks.md). `subport_ids` on the parent's Interface says what was wired last, so a subport that the design has and that
// list has not was just added, and one that is listed and broken is broken.

import { readSubPortIds } from '../../compile/openvswitch/trunk-ids'
import type { HostState } from '../../host/host-state'
import { linkNamed } from '../../host/link'
import type { OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE, qbrName, qvbName, qvoName, tapName, trunkBridgeName } from '../../naming'
import { trunkSubject } from '../../plan/subjects'
import { labelPort } from '../../topology/kinds/port/port-label'
import type { Port } from '../../topology/kinds/port/port'
import type { Trunk } from '../../topology/kinds/trunk/trunk'
import type { Topology } from '../../topology/topology'
import { auditHops } from '../audit-hops'
import { networksReached } from '../networks-reached'
import { checkUsable, type Found, pairProblems, patchPairs, portSubject, trunkHost, type TrunkHost } from '../patch-pair'
import type { TrunkDriver } from '../trunk-driver'
import { as, degraded, type TrunkState } from '../trunk-state'

export const openvswitchTrunk: TrunkDriver = {
  notBuilt: ({ id }, { ovsBridges }) => {
    const bridge = trunkBridgeName(id)
    return ovsBridges.some(({ name }) => name === bridge) ? null : { code: 'trunk-not-built', params: { bridge } }
  },
  wiredState,
  restsOn: [
    ['domains', {}],
    ['links', { netns: '' }],
    ['ovsPorts', {}],
    ['flows', { bridge: INTEGRATION_BRIDGE }],
  ],
  auditHops,
  reach: (host, _, guestVlan) => networksReached(host, guestVlan),
}

function wiredState(topology: Topology, trunk: Trunk, parent: Port, state: HostState): TrunkState {
  const host = trunkHost(topology, trunk, parent.hostId ?? '', state)
  const subject = trunkSubject(topology, trunk)
  const ofPort = portSubject({ port: parent, label: labelPort(topology, parent) })
  const plug = plugProblem(host, parent)
  if (plug) return as('ERROR', ofPort, plug)
  const pairs = patchPairs(topology, trunk).map((pair) => ({ subject: portSubject(pair), problems: pairProblems(host, pair) }))
  const ofParent = pairs
    .filter(({ subject: { id } }) => id === parent.id)
    .flatMap(({ problems }) => problems)
    .find(({ end }) => end !== 'guard')
  if (ofParent) return as('ERROR', ofPort, ofParent.found)
  const vif = qvoName(parent.id)
  const recorded = readSubPortIds(host.portOn(host.bridge, vif)?.interface.externalIds ?? {})
  if (!recorded) return as('DEGRADED', subject, { code: 'subport-ids-missing', params: { device: vif } })
  const changed = changedSubPorts(trunk, recorded)
  if (changed) return as('DOWN', subject, changed)
  return degraded(pairs.flatMap(({ subject, problems }) => problems.slice(0, 1).map(({ found }) => ({ subject, found }))))
}

/** From the tap to the trunk bridge, what all its frames pass; null when nothing is wrong. */
function plugProblem({ state, bridge, portOn }: TrunkHost, { id }: Port): Found | null {
  const [tap, qbr, qvb, qvo] = [tapName(id), qbrName(id), qvbName(id), qvoName(id)]
  const vif = portOn(bridge, qvo)
  const isIn = (name: string) => linkNamed(state, name)?.master === qbr
  const missing = [qbr, qvb, qvo].find((name) => !linkNamed(state, name))
  if (!vif) return { code: 'no-port-of-bridge', params: { device: qvo, bridge } }
  if (missing !== undefined) return { code: 'device-missing', params: { device: missing } }
  if (!isIn(tap) || !isIn(qvb)) return { code: 'not-in-bridge', params: { device: isIn(tap) ? qvb : tap, bridge: qbr } }
  if (state.flows.every((flow) => flow.bridge !== INTEGRATION_BRIDGE))
    return { code: 'bridge-without-flows', params: { bridge: INTEGRATION_BRIDGE } }
  return checkUsable(vif) ?? vifLimit(vif)
}

/** A tag on the VIF cuts off the subports. */
const vifLimit = ({ name, tag, trunks }: OvsPort): Found | null =>
  tag === null && trunks.length === 0 ? null : { code: 'vif-cuts-vlans', params: { device: name, tag, vlans: trunks } }

function changedSubPorts(trunk: Trunk, recorded: readonly string[]): Found | null {
  const added = trunk.subPorts.filter(({ portId }) => !recorded.includes(portId)).length
  const removed = recorded.filter((id) => !trunk.subPorts.some(({ portId }) => portId === id)).length
  return added + removed === 0 ? null : { code: 'subports-not-applied', params: { added, removed } }
}
