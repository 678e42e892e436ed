// The security groups as rows of their table, those that the filter leaves; and who is in one. Pure.

import { matches } from '@/components/networks/matches'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { compareNames } from '@/components/ui/compare-naturally'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelRule } from '@/server/core/topology/kinds/security-group/security-group-label'
import { DEFAULT_GROUP, type SecurityGroup, type SecurityGroupRule } from '@/server/core/topology/kinds/security-group/security-group'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface SecurityGroupRow {
  readonly group: ObjectOf['securityGroup']
  readonly project: string
  readonly ingress: number
  readonly egress: number
  readonly ports: number
}

export const isDefault = ({ name }: Pick<SecurityGroup, 'name'>): boolean => name === DEFAULT_GROUP

/** By project, then by name; the one of every project first. */
export function securityGroupRows(index: TopologyIndex, filter: string): readonly SecurityGroupRow[] {
  const portCounts = countPorts(index)
  return index.topology.securityGroups
    .filter((group) => matches(filter, wordsOf(index, group)))
    .map((group) => ({
      group,
      project: index.project(group.projectId)?.name ?? '',
      ingress: rulesOf(group, 'ingress').length,
      egress: rulesOf(group, 'egress').length,
      ports: portCounts.get(group.id) ?? 0,
    }))
    .toSorted(
      (a, b) =>
        compareNames(a.project, b.project) ||
        Number(isDefault(b.group)) - Number(isDefault(a.group)) ||
        compareNames(a.group.name, b.group.name),
    )
}

function wordsOf(index: TopologyIndex, group: ObjectOf['securityGroup']): string[] {
  return [
    group.id,
    group.name,
    index.project(group.projectId)?.name ?? '',
    group.description ?? '',
    ...group.rules.map((rule) => labelRule(index.topology, rule)),
  ]
}

/** Once for all groups: a design has thousands of ports. */
function countPorts({ topology }: TopologyIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const id of topology.ports.flatMap(({ securityGroupIds = [] }) => securityGroupIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

export const rulesOf = ({ rules }: SecurityGroup, direction: SecurityGroupRule['direction']): readonly SecurityGroupRule[] =>
  rules.filter((rule) => rule.direction === direction)

export const filterRules = (index: TopologyIndex, rules: readonly SecurityGroupRule[], filter: string): readonly SecurityGroupRule[] =>
  rules.filter((rule) => matches(filter, [rule.id, labelRule(index.topology, rule), rule.description]))

/** The ports that are in it, by what they are called. */
export const portsIn = (index: TopologyIndex, groupId: string): readonly Port[] =>
  index.topology.ports
    .filter(({ securityGroupIds }) => securityGroupIds?.includes(groupId))
    .toSorted((a, b) => compareNames(labelPort(index.topology, a), labelPort(index.topology, b)))

/** The VM behind it; that of a subport is its trunk's. */
export function vmBehind(index: TopologyIndex, port: Port): Vm | undefined {
  const parent = index.port(index.memberOf(port.id)?.trunk.portId ?? port.id)
  return parent && index.vmOf(parent)
}

export const filterPortsIn = (index: TopologyIndex, ports: readonly Port[], filter: string): readonly Port[] =>
  ports.filter((port) =>
    matches(filter, [
      labelPort(index.topology, port),
      port.id,
      port.macAddress,
      addressText(port),
      index.network(port.networkId)?.name ?? '',
      vmBehind(index, port)?.name ?? '',
      index.host(port.hostId)?.name ?? '',
    ]),
  )

/** Whose groups a port may be in: those of its VM's project, and of its network's. */
export function projectsOfPort(index: TopologyIndex, networkId: string, port: Port | undefined): readonly string[] {
  const owners = [port && index.vmOf(port), index.network(networkId)]
  return [...new Set(owners.flatMap((owner) => (owner ? [owner.projectId] : [])))]
}

/** The ports that may be put into it: of its project, with port security, and not in it yet. */
export const portsFor = (index: TopologyIndex, group: SecurityGroup): readonly Port[] =>
  index.topology.ports
    .filter(
      (port) =>
        port.isPortSecurityEnabled &&
        port.deviceOwner !== 'network:dhcp' &&
        !port.securityGroupIds?.includes(group.id) &&
        projectsOfPort(index, port.networkId, port).includes(group.projectId),
    )
    .toSorted((a, b) => compareNames(labelPort(index.topology, a), labelPort(index.topology, b)))

/** Other groups whose rules let in, or out to, the ports of this one. */
export const remoteOf = ({ topology }: TopologyIndex, groupId: string): readonly SecurityGroup[] =>
  topology.securityGroups.filter(({ id, rules }) => id !== groupId && rules.some(({ remoteGroupId }) => remoteGroupId === groupId))
