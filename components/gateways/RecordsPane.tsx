'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import type { ObjectOf } from '@/server/core/topology/topology'

import type { GatewayViewState } from './use-gateway-view'

interface RecordsPaneProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
  readonly state: GatewayViewState
}

export function RecordsPane(_: RecordsPaneProps) {
  return null
}
