// What an operator should know before applying, although nothing stands in the way. Read off the changes of the plan: what a
// plan does not touch, it does not warn about.

import { labelTrunk } from '../topology/find'
import { qbrName, tpiName } from '../naming'
import type { Topology, Trunk } from '../topology/topology'
import type { HostPlan, PlanWarning } from './plan'

export function findWarnings(hosts: readonly HostPlan[], desired: Topology): PlanWarning[] {
  return hosts.flatMap((host) => desired.trunks.filter((trunk) => touches(host, trunk)).map((trunk) => trunkSecurity(host, desired, trunk)))
}

/** Its bridge, or the wiring of a subport, appears or changes. */
function touches({ changes }: HostPlan, trunk: Trunk): boolean {
  const owners = new Set([trunk.id, ...trunk.subPorts.map(({ portId }) => portId)])
  return changes.some(({ kind, action, owner }) => (kind === 'ovsBridges' || kind === 'ovsPorts') && action !== 'remove' && owner !== null && owners.has(owner.id))
}

/** Reference §11.1: why Neutron declares iptables_hybrid incompatible with trunks. Decision 10. */
function trunkSecurity(host: HostPlan, desired: Topology, trunk: Trunk): PlanWarning {
  const name = labelTrunk(desired, trunk)
  const sentence = [
    `${name}: frames of its subports cross ${qbrName(trunk.portId)} with a VLAN tag, and iptables does not see tagged frames there (net.bridge.bridge-nf-filter-vlan-tagged is 0).`,
    `What a subport may send is limited to its own MAC and addresses by br-int (tables 24 and 25), as for ${tpiName(trunk.portId)}; what it may receive is not filtered. Filter in the guest where that matters.`,
  ]
  return { code: 'trunk_security', hostId: host.hostId, label: name, message: sentence.join(' ') }
}
