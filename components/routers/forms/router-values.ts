// The router forms ↔ the API, and what is wrong with their shape. Pure.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import type { TopologyIndex } from '@/components/lib/topology-index'
import type { SelectOption } from '@/components/ui/Select'
import { compareNames } from '@/components/ui/compare-naturally'
import { routerInput, routerPatchInput } from '@/server/core/topology/kinds/router/router-input'
import { routerKind } from '@/server/core/topology/kinds/router/router-kind'
import type { FloatingIpMode } from '@/server/core/topology/kinds/router/router'
import type { ObjectOf } from '@/server/core/topology/topology'

import { gatewayOf } from '../router-rows'

/** What both forms have. */
export interface RouterValues {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly isDistributed: boolean
  /** Kept while the router is centralized, which has no choice. */
  readonly floatingIpMode: FloatingIpMode
  /** In the mode `gateway`. */
  readonly gatewayClusterId: string
  readonly isAdminStateUp: boolean
  /** Where it runs, or its central part; '' is none. */
  readonly hostId: string
  /** '' is none. */
  readonly gatewayNetworkId: string
  readonly gatewayAddress: string
  readonly isSnatEnabled: boolean
}

export const emptyRouter: RouterValues = {
  projectId: '',
  name: '',
  description: '',
  isDistributed: false,
  floatingIpMode: 'dvr',
  gatewayClusterId: '',
  isAdminStateUp: true,
  hostId: '',
  gatewayNetworkId: '',
  gatewayAddress: '',
  isSnatEnabled: true,
}

export function routerValues(index: TopologyIndex, router: ObjectOf['router']): RouterValues {
  const {
    projectId,
    name,
    description = '',
    isDistributed,
    floatingIpMode,
    gatewayClusterId = '',
    isAdminStateUp,
    hostId,
    gateway,
  } = router
  return {
    projectId,
    name,
    description,
    isDistributed,
    floatingIpMode,
    gatewayClusterId,
    isAdminStateUp,
    hostId: hostId ?? '',
    gatewayNetworkId: gateway?.networkId ?? '',
    gatewayAddress: gatewayOf(index, router)?.address ?? '',
    isSnatEnabled: gateway?.isSnatEnabled ?? true,
  }
}

/** An address is one of its network: another network, another address. */
export const withGatewayNetwork = (values: RouterValues, initial: RouterValues, gatewayNetworkId: string): RouterValues => ({
  ...values,
  gatewayNetworkId,
  gatewayAddress: gatewayNetworkId === initial.gatewayNetworkId ? initial.gatewayAddress : '',
})

function gatewayInputOf(values: RouterValues) {
  const { gatewayNetworkId: networkId, gatewayAddress, isSnatEnabled } = values
  const ipAddress = gatewayAddress.trim()
  return networkId === '' ? null : { networkId, ...(ipAddress !== '' && { ipAddress }), isSnatEnabled }
}

/** A centralized router has no choice. */
const modeOf = ({ isDistributed, floatingIpMode }: RouterValues): FloatingIpMode => (isDistributed ? floatingIpMode : 'dvr')

export const toRouterPatch = (values: RouterValues) => ({
  name: values.name,
  description: values.description,
  isDistributed: values.isDistributed,
  floatingIpMode: modeOf(values),
  gatewayClusterId: modeOf(values) === 'gateway' ? values.gatewayClusterId || null : null,
  isAdminStateUp: values.isAdminStateUp,
  ...(values.hostId !== '' && { hostId: values.hostId }),
  gateway: gatewayInputOf(values),
})

export const toRouterInput = (values: RouterValues) => ({ projectId: values.projectId, ...toRouterPatch(values) })

export const checkNewRouter = checkInput(routerInput, toRouterInput, routerKind.fieldRules)
export const checkRouterEdit = checkPatch(routerPatchInput, toRouterPatch, routerKind.fieldRules)

/** External networks by name. One that is chosen stays in the list, also when it is external no more. */
export const gatewayNetworks = ({ topology }: TopologyIndex, chosenId: string): readonly SelectOption<string>[] =>
  topology.networks
    .filter(({ id, isExternal }) => isExternal || id === chosenId)
    .toSorted((a, b) => compareNames(a.name, b.name))
    .map(({ id, name, isExternal }) => ({ value: id, label: isExternal ? name : `${name} (not external)` }))

/** By name; those of the gateway's network, once that is chosen. */
export const clusterOptions = (
  { topology }: TopologyIndex,
  { gatewayNetworkId, gatewayClusterId }: RouterValues,
): readonly SelectOption<string>[] =>
  topology.gatewayClusters
    .filter(({ id, networkId }) => id === gatewayClusterId || gatewayNetworkId === '' || networkId === gatewayNetworkId)
    .toSorted((a, b) => compareNames(a.name, b.name))
    .map(({ id, name, vip }) => ({ value: id, label: `${name}, VIP ${vip}` }))
