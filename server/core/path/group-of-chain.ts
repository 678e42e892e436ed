// Whose security groups a chain of iptables belongs to: its name holds no more than the beginning of a port's id.

import { groupChainOf } from '../host/group-chain'
import { findInOrder } from '../topology/find'
import { labelEnd } from '../topology/kinds/port/port-label'
import type { Topology } from '../topology/topology'
import type { WalkEnd } from '../walk/walk-result'

export interface GroupOwner {
  /** What people call the port. */
  readonly port: string
  /** Names of the groups that it is in; none of a port of somebody else's. */
  readonly groups: readonly string[]
}

/** null where it is no such chain, or of a port that nobody knows. */
export function ownerOfChain(topology: Topology, chain: string): GroupOwner | null {
  const digits = groupChainOf(chain)?.portDigits
  const port = digits === undefined ? undefined : topology.ports.find(({ id }) => id.startsWith(digits))
  if (!port) return null
  const groups = findInOrder(topology.securityGroups, port.securityGroupIds ?? [])
  return { port: labelEnd(topology, port, []), groups: groups.map(({ name }) => name) }
}

/** The end of a walk, with the port whose security groups made it. */
export function withOwner(topology: Topology, end: WalkEnd): WalkEnd {
  if (end.kind !== 'dropped' || end.code !== 'iptables-drops') return end
  const owner = ownerOfChain(topology, String(end.params['chain']))
  return owner ? { ...end, params: { ...end.params, port: owner.port, groups: owner.groups.join(', ') } } : end
}
