// What a host is in the design: what is typed ↔ what the API takes, and what is wrong with its shape. Pure.

import { checkPatch } from '@/components/lib/check-form'
import type { AgentKind, HostRole } from '@/server/core/topology/kinds/host/host'
import { hostPatchInput } from '@/server/core/topology/kinds/host/host-input'
import { hostKind } from '@/server/core/topology/kinds/host/host-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface PlaceValues {
  readonly name: string
  readonly description: string
  readonly isCompute: boolean
  readonly isNetwork: boolean
  readonly isGateway: boolean
  readonly agentKind: AgentKind
  readonly availabilityZone: string
  readonly isReadOnly: boolean
  readonly isAgentAccepted: boolean
  readonly hasRestoreUnit: boolean
  readonly hasBridgeNetfilter: boolean
  readonly isSchedulable: boolean
}

export const emptyPlace: PlaceValues = {
  name: '',
  description: '',
  isCompute: true,
  isNetwork: false,
  isGateway: false,
  agentKind: 'openvswitch',
  availabilityZone: 'nova',
  isReadOnly: false,
  isAgentAccepted: false,
  hasRestoreUnit: true,
  hasBridgeNetfilter: false,
  isSchedulable: true,
}

export const placeValues = ({ roles, ...host }: ObjectOf['host']): PlaceValues => ({
  name: host.name,
  description: host.description ?? '',
  isCompute: roles.includes('compute'),
  isNetwork: roles.includes('network'),
  isGateway: roles.includes('gateway'),
  agentKind: host.agentKind,
  availabilityZone: host.availabilityZone,
  isReadOnly: host.isReadOnly,
  isAgentAccepted: host.isAgentAccepted,
  hasRestoreUnit: host.hasRestoreUnit,
  hasBridgeNetfilter: host.hasBridgeNetfilter,
  isSchedulable: host.isSchedulable,
})

export const toPlace = (values: PlaceValues) => ({
  name: values.name,
  description: values.description,
  roles: toRoles(values),
  agentKind: values.agentKind,
  availabilityZone: values.availabilityZone,
  isReadOnly: values.isReadOnly,
  isAgentAccepted: values.isAgentAccepted,
  hasRestoreUnit: values.hasRestoreUnit,
  hasBridgeNetfilter: values.hasBridgeNetfilter,
  isSchedulable: values.isSchedulable,
})

const toRoles = ({ isCompute, isNetwork, isGateway }: PlaceValues): HostRole[] => [
  ...(isCompute ? (['compute'] as const) : []),
  ...(isNetwork ? (['network'] as const) : []),
  ...(isGateway ? (['gateway'] as const) : []),
]

export const checkPlace = checkPatch(hostPatchInput, toPlace, hostKind.fieldRules)
