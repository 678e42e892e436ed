'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { filteringOf } from '@/server/core/explain/port-filtering'
import { findInOrder } from '@/server/core/topology/find'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { nameGroup } from '@/server/core/topology/kinds/security-group/security-group-label'

import { PortFilterMark } from './PortFilterMark'

/** Names of its groups, in their order; '' is none. */
export const groupsText = ({ topology }: TopologyIndex, { securityGroupIds = [] }: Port): string =>
  findInOrder(topology.securityGroups, securityGroupIds)
    .map(({ id }) => nameGroup(topology.securityGroups, id))
    .join(', ')

interface PortGroupsProps {
  readonly index: TopologyIndex
  readonly port: Port
}

/** The groups of a port in a table; where they filter nothing, that it is so. */
export function PortGroups({ index, port }: PortGroupsProps) {
  const filtering = filteringOf(index.topology, port)
  if (filtering === 'service') return <span className="text-faint">–</span>
  if (filtering !== 'groups') return <PortFilterMark index={index} port={port} isShort />
  const text = groupsText(index, port)
  return <span title={text}>{text}</span>
}
