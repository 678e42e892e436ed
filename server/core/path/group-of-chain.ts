// Whose security groups a chain of iptables belongs to: its name holds no more than the beginning of a port's id.

import { memberSets } from '../compile/security-groups/member-sets'
import { portChains } from '../compile/security-groups/port-chains'
import { groupChainOf } from '../host/group-chain'
import { findInOrder } from '../topology/find'
import { labelEnd } from '../topology/kinds/port/port-label'
import { isFiltered } from '../topology/kinds/port/port-security'
import type { Topology } from '../topology/topology'
import type { Drop, WalkEnd } from '../walk/walk-result'

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
  if (!isOfRule(end)) return end
  const owner = ownerOfChain(topology, String(end.params['chain']))
  return owner ? { ...end, params: { ...end.params, port: owner.port, groups: owner.groups.join(', ') } } : end
}

const isOfRule = (end: WalkEnd): end is Drop => end.kind === 'dropped' && end.code === 'iptables-drops'

/** The design has that very rule in that very place: then it is not the host that does not let them pass. */
export function isDesigned(topology: Topology, end: WalkEnd): boolean {
  if (!isOfRule(end)) return false
  const { chain, family, position, text } = end.params
  const digits = groupChainOf(String(chain))?.portDigits
  const port = topology.ports.find(({ id }) => digits !== undefined && id.startsWith(digits))
  if (!port || !isFiltered(port) || family !== 'ipv4') return false
  const groups = findInOrder(topology.securityGroups, port.securityGroupIds ?? [])
  const sets = memberSets(topology, groups, family).map(({ name }) => name)
  return portChains(port, groups, family, new Set(sets)).some(
    (designed) => designed.chain === chain && designed.rules[Number(position) - 1] === text,
  )
}
