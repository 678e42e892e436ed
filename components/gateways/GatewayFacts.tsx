'use client'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { KeyValue } from '@/components/ui/KeyValue'
import { TextLink } from '@/components/ui/TextLink'
import { gatewayNamespace } from '@/server/core/naming'
import type { ObjectOf } from '@/server/core/topology/topology'

import { functionWords } from './gateway-words'

interface GatewayFactsProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
}

/** What it is to compute hosts, to the underlay and to the outside. */
export function GatewayFacts({ index, cluster }: GatewayFactsProps) {
  const network = index.network(cluster.networkId)
  return (
    <div className="grid shrink-0 grid-cols-2 gap-x-6 border-b border-line bg-panel px-4 py-2.5">
      <KeyValue
        items={[
          { label: 'ID', value: cluster.id, isMono: true },
          { label: 'VIP', value: cluster.vip, isMono: true },
          { label: 'Namespace', value: gatewayNamespace(cluster.id), isMono: true },
          { label: 'Description', value: cluster.description },
        ]}
        className="content-start"
      />
      <KeyValue
        items={[
          {
            label: 'External network',
            value: network && <TextLink href={routes.networks({ selected: network.id })} text={network.name} />,
          },
          { label: 'Cloud', value: cluster.cloudId, isMono: true },
          { label: 'AS', value: cluster.localAs },
          { label: 'Does', value: cluster.functions.map((each) => functionWords[each].label).join(', ') },
        ]}
        className="content-start"
      />
    </div>
  )
}
