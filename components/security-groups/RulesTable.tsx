'use client'

import Link from 'next/link'

import { descriptionColumn, idColumn, tickColumn } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { remoteWords, trafficWords } from '@/server/core/topology/kinds/security-group/rule-words'
import { labelRule, nameGroup } from '@/server/core/topology/kinds/security-group/security-group-label'
import type { RuleDirection, SecurityGroup, SecurityGroupRule } from '@/server/core/topology/kinds/security-group/security-group'

import { serviceName } from './forms/rule-presets'

interface RulesTableProps {
  readonly index: TopologyIndex
  /** Whose they are. */
  readonly group: SecurityGroup
  readonly direction: RuleDirection
  readonly rules: readonly SecurityGroupRule[]
  readonly ticked: ReadonlySet<string>
  readonly onTick: (ruleId: string, isTicked: boolean) => void
}

export function RulesTable(props: RulesTableProps) {
  return (
    <DataTable
      label={props.direction === 'ingress' ? 'Ingress rules' : 'Egress rules'}
      isVirtual
      columns={columnsOf(props)}
      rows={props.rules}
      rowKey={({ id }) => id}
    />
  )
}

function columnsOf({ index, group, direction, ticked, onTick }: RulesTableProps): Column<SecurityGroupRule>[] {
  const nameOf = (id: string) => nameGroup(index.topology.securityGroups, id)
  return [
    tickColumn({ id: ({ id }) => id, name: (rule) => labelRule(index.topology, rule), ticked, onTick }),
    { key: 'etherType', header: 'Ether type', width: '92px', sortBy: ({ etherType }) => etherType, cell: ({ etherType }) => etherType },
    {
      key: 'traffic',
      header: 'Protocol and ports',
      width: '28%',
      sortBy: trafficWords,
      cell: (rule) => <Traffic rule={rule} />,
    },
    {
      key: 'remote',
      header: direction === 'ingress' ? 'From' : 'To',
      width: '24%',
      sortBy: (rule) => remoteWords(rule, nameOf),
      cell: (rule) => <Remote index={index} group={group} rule={rule} />,
    },
    descriptionColumn(({ description }) => description),
    idColumn(({ id }) => id),
  ]
}

function Traffic({ rule }: { readonly rule: SecurityGroupRule }) {
  const service = serviceName({ protocol: rule.protocol, min: rule.portRangeMin, max: rule.portRangeMax })
  const words = trafficWords(rule)
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="truncate font-medium" title={words}>
        {words}
      </span>
      {service && <span className="shrink-0 text-sm text-faint">{service}</span>}
    </span>
  )
}

function Remote({
  index,
  group,
  rule,
}: {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  readonly rule: SecurityGroupRule
}) {
  const { remoteGroupId, remoteIpPrefix } = rule
  if (remoteGroupId === group.id) return <>ports of this group</>
  if (remoteGroupId !== null) {
    const name = nameGroup(index.topology.securityGroups, remoteGroupId)
    return (
      <>
        group{' '}
        <Link href={routes.securityGroup(remoteGroupId)} title={name} className="text-accent hover:underline">
          {name}
        </Link>
      </>
    )
  }
  return remoteIpPrefix === null ? <span className="text-dim">anybody</span> : <Mono value={remoteIpPrefix} canCopy />
}
