'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DescriptionSection } from '@/components/networks/DescriptionSection'
import { hostsOf } from '@/components/routers/router-rows'
import { standingOf } from '@/components/routers/router-words'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { buttonClass } from '@/components/ui/button-class'
import { KeyValue } from '@/components/ui/KeyValue'
import { agentWords } from '@/server/core/explain/agent'
import type { Host } from '@/server/core/topology/kinds/host/host'

interface HostInspectorProps {
  readonly index: TopologyIndex
  readonly host: Host
  readonly onClose: () => void
}

/** A host as the design knows it; its inside has a page of its own. */
export function HostInspector({ index, host, onClose }: HostInspectorProps) {
  const vms = index.topology.vms.filter((vm) => vm.hostId === host.id)
  const routers = index.topology.routers.filter((router) => hostsOf(index, router).some(({ id }) => id === host.id))
  const vlans = index.topology.localVlans.filter((local) => local.hostId === host.id)
  return (
    <Inspector
      kind="Host"
      title={host.name}
      onClose={onClose}
      actions={
        <Link href={routes.host(host.id)} className={buttonClass('secondary', 'sm')}>
          Open the host
        </Link>
      }
    >
      <InspectorSection title="Facts">
        <KeyValue
          items={[
            { label: 'Agent', value: agentWords[host.agentKind] },
            { label: 'Roles', value: host.roles.join(', ') },
            { label: 'State', value: host.isReadOnly ? 'read-only' : host.isPrepared ? 'prepared' : 'registered, not prepared' },
            { label: 'Tunnel', value: host.tunnel?.address ?? '', isMono: true },
            { label: 'Tunnel NIC', value: host.tunnel?.nic ?? '', isMono: true },
            ...host.bridgeMappings.map((mapping) => ({
              label: index.physicalNetwork(mapping.physicalNetworkId)?.name ?? 'mapping',
              value: mapping.bridge === '' ? mapping.nic : `${mapping.bridge} on ${mapping.nic}`,
              isMono: true,
            })),
          ]}
        />
      </InspectorSection>
      <DescriptionSection topology={index.topology} object={{ kind: 'host', item: host }} />
      {vms.length > 0 && (
        <InspectorSection title="VMs" meta={vms.length}>
          <ul className="flex max-h-56 flex-col overflow-y-auto">
            {vms.map((vm) => (
              <li key={vm.id}>
                <Link href={routes.topology({ selected: vm.id })} className="-mx-1 block truncate rounded-sm px-1 py-1 hover:bg-hover">
                  {vm.name}
                </Link>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      {routers.length > 0 && (
        <InspectorSection title="Routers" meta={routers.length}>
          <ul className="flex max-h-56 flex-col overflow-y-auto">
            {routers.map((router) => (
              <li key={router.id}>
                <Link
                  href={routes.topology({ selected: router.id })}
                  className="-mx-1 flex min-w-0 items-baseline gap-3 rounded-sm px-1 py-1 hover:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate">{router.name}</span>
                  <span className="shrink-0 text-sm text-faint">{standingOf(index.topology, router)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      {vlans.length > 0 && (
        <InspectorSection title="Local VLANs" meta={vlans.length}>
          <KeyValue
            items={vlans.map((local) => ({ label: `tag ${local.vlan}`, value: index.network(local.networkId)?.name ?? local.networkId }))}
          />
        </InspectorSection>
      )}
    </Inspector>
  )
}
