// What a host is in the design: what is typed ↔ what the API takes. Pure.

import type { AgentKind, Host, HostRole } from '@/server/core/topology/kinds/host/host'

export interface PlaceValues {
  readonly name: string
  readonly isCompute: boolean
  readonly isNetwork: boolean
  readonly agentKind: AgentKind
  readonly availabilityZone: string
  readonly isReadOnly: boolean
  readonly isAgentAccepted: boolean
  readonly hasRestoreUnit: boolean
}

export const emptyPlace: PlaceValues = {
  name: '',
  isCompute: true,
  isNetwork: false,
  agentKind: 'openvswitch',
  availabilityZone: 'nova',
  isReadOnly: false,
  isAgentAccepted: false,
  hasRestoreUnit: true,
}

export const placeValues = ({ roles, ...host }: Host): PlaceValues => ({
  name: host.name,
  isCompute: roles.includes('compute'),
  isNetwork: roles.includes('network'),
  agentKind: host.agentKind,
  availabilityZone: host.availabilityZone,
  isReadOnly: host.isReadOnly,
  isAgentAccepted: host.isAgentAccepted,
  hasRestoreUnit: host.hasRestoreUnit,
})

export const toPlace = ({ isCompute, isNetwork, ...fields }: PlaceValues) => ({ ...fields, roles: toRoles(isCompute, isNetwork) })

const toRoles = (isCompute: boolean, isNetwork: boolean): HostRole[] => [
  ...(isCompute ? (['compute'] as const) : []),
  ...(isNetwork ? (['network'] as const) : []),
]
