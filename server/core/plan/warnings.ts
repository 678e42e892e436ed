// What an operator should know before applying, although nothing stands in the way. Read off the changes of the plan: what a
// plan does not touch, it does not warn about.

import { labelTrunk, labelUplink } from '../topology/find'
import { dataQvoName, qbrName, tpiName } from '../naming'
import type { NestedUplink, Topology, Trunk } from '../topology/topology'
import type { HostPlan, PlanWarning } from './plan'

export function findWarnings(hosts: readonly HostPlan[], desired: Topology): PlanWarning[] {
  return hosts.flatMap((host) => [
    ...(host.warnings ?? []),
    ...desired.trunks.filter((trunk) => touches(host, trunk)).map((trunk) => trunkSecurity(host, desired, trunk)),
    ...desired.nestedUplinks.filter((uplink) => isPlugged(host, uplink)).map((uplink) => uplinkSecurity(host, desired, uplink)),
  ])
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

const isPlugged = ({ changes }: HostPlan, { id }: NestedUplink): boolean =>
  changes.some(({ kind, action, owner }) => kind === 'ovsPorts' && action === 'create' && owner?.id === id)

/** Reference §15. */
function uplinkSecurity(host: HostPlan, desired: Topology, uplink: NestedUplink): PlanWarning {
  const label = labelUplink(desired, uplink)
  const sentence = [
    `${label}: its frames reach the wire by ${dataQvoName(uplink.number)} with any VLAN id the VM gives them, past br-int, its security groups and its anti-spoofing.`,
    'What the VM sends is what its administrator decides: give it an uplink only if you would give them a cable.',
  ]
  return { code: 'nested_uplink', hostId: host.hostId, label, message: sentence.join(' ') }
}
