// The network forms ↔ the API, and what is wrong with their shape. Pure.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import type { Network, NetworkType } from '@/server/core/topology/kinds/network/network'
import { networkInput, networkPatchInput } from '@/server/core/topology/kinds/network/network-input'
import { networkKind } from '@/server/core/topology/kinds/network/network-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface NetworkValues {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly type: NetworkType
  readonly physicalNetworkId: string
  readonly segmentationId: number | null
  readonly mtu: number | null
  readonly isExternal: boolean
}

export const emptyNetwork: NetworkValues = {
  projectId: '',
  name: '',
  description: '',
  type: 'vxlan',
  physicalNetworkId: '',
  segmentationId: null,
  mtu: null,
  isExternal: false,
}

export const toNetworkInput = ({
  projectId,
  name,
  description,
  type,
  physicalNetworkId,
  segmentationId,
  mtu,
  isExternal,
}: NetworkValues) => ({
  projectId,
  name,
  description,
  type,
  physicalNetworkId: type === 'vxlan' ? null : physicalNetworkId || null,
  segmentationId: type === 'flat' ? null : segmentationId,
  mtu,
  isExternal,
})

/** Of the switch, in both forms. */
export const EXTERNAL_HINT = 'Routers may lead out by it, and have an address in it'

export interface NetworkEdit {
  readonly name: string
  readonly description: string
  readonly mtu: number | null
  readonly segmentationId: number | null
  readonly isAdminStateUp: boolean
  readonly isExternal: boolean
  /** '' is none. */
  readonly dhcpHostId: string
}

export const networkEdit = (network: ObjectOf['network'], dhcpHostId: string | null): NetworkEdit => ({
  ...network,
  dhcpHostId: dhcpHostId ?? '',
  description: network.description ?? '',
  isExternal: network.isExternal ?? false,
})

/** Of the segment only a VLAN's id may change. */
export const networkPatchFor =
  ({ type }: Network) =>
  ({ name, description, mtu, segmentationId, isAdminStateUp, isExternal, dhcpHostId }: NetworkEdit) => ({
    name,
    description,
    mtu: mtu ?? 0,
    isAdminStateUp,
    isExternal,
    ...(dhcpHostId !== '' && { dhcpHostId }),
    ...(type === 'vlan' && { segmentationId: segmentationId ?? 0 }),
  })

export const checkNewNetwork = checkInput(networkInput, toNetworkInput, networkKind.fieldRules)
export const checkNetwork = (network: Network) => checkPatch(networkPatchInput, networkPatchFor(network), networkKind.fieldRules)
