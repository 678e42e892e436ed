'use client'

import type { ReactNode } from 'react'

import { routes } from '@/components/lib/routes'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { Age } from '@/components/ui/Age'
import { KeyValue, type KeyValueItem } from '@/components/ui/KeyValue'
import { TextLink } from '@/components/ui/TextLink'
import type { TrunkDetail } from '@/server/core/api-types'
import { trunkBridgeName } from '@/server/core/naming'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

interface TrunkFactsProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
}

/** The trunk in Neutron's terms, and what it hangs together with. */
export function TrunkFacts({ index, trunk }: TrunkFactsProps) {
  const parent = index.port(trunk.portId)
  const vm = parent && index.vmOf(parent)
  const host = index.host(vm?.hostId ?? null)
  const network = index.network(parent?.networkId ?? '')
  const project = index.project(trunk.projectId)
  const columns: readonly (readonly KeyValueItem[])[] = [
    [
      { label: 'ID', value: trunk.id, isMono: true },
      { label: 'Trunk bridge', value: trunkBridgeName(trunk.id), isMono: true },
      {
        label: 'Project',
        value: project && (
          <span title={project.name} className="block truncate">
            {project.name}
          </span>
        ),
      },
      ...(trunk.description === undefined ? [] : [{ label: 'Description', value: trunk.description }]),
      { label: 'Created', value: <Age at={trunk.createdAt} /> },
    ],
    [
      {
        label: 'Parent port',
        value:
          parent &&
          to(
            routes.networks({ tab: 'ports', selected: parent.id }),
            [labelPort(index.topology, parent), addressText(parent)].filter(Boolean).join(' · '),
          ),
      },
      { label: 'Network', value: network && to(routes.networks({ selected: network.id }), network.name) },
      {
        label: 'VM',
        value: vm && to(routes.networks({ tab: 'vms', selected: vm.id }), `${vm.name} eth${vm.portIds.indexOf(trunk.portId)}`),
      },
      { label: 'Host', value: host && to(routes.host(host.id), host.name) },
    ],
    [
      { label: 'Admin state', value: trunk.isAdminStateUp ? 'up' : 'down' },
      { label: 'Revision', value: trunk.revisionNumber },
      { label: 'Updated', value: <Age at={trunk.updatedAt} /> },
    ],
  ]
  return (
    <div className="grid shrink-0 grid-cols-[minmax(0,1.6fr)_minmax(0,1.3fr)_minmax(0,1fr)] gap-x-6 border-b border-line bg-panel px-4 py-2.5">
      {columns.map((items) => (
        <KeyValue key={items[0]!.label} items={items} className="content-start" />
      ))}
    </div>
  )
}

const to = (href: string, text: string): ReactNode => <TextLink href={href} text={text} />
