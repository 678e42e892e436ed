// The host settings form ↔ the patch the API takes, and what is wrong with its shape. Pure.

import { checkPatch } from '@/components/lib/check-form'
import type { HostDetail } from '@/server/core/api-types'
import type { DatapathType, Host } from '@/server/core/topology/kinds/host/host'
import { hostPatchInput } from '@/server/core/topology/kinds/host/host-input'

export interface TunnelValues {
  readonly hasTunnel: boolean
  readonly address: string
  readonly prefixLength: number | null
  readonly nic: string
  /** Empty: the host's own routes lead on. */
  readonly gatewayIp: string
}

export interface MappingValues {
  /** Only for React's keys. */
  readonly key: number
  readonly physicalNetworkId: string
  readonly bridge: string
  readonly nic: string
}

export interface SettingsValues {
  readonly datapathType: DatapathType
  readonly virtType: Host['virtType']
  readonly tunnel: TunnelValues
  readonly mappings: readonly MappingValues[]
}

const TUNNEL_PREFIX = 24

export function settingsValues({ host }: Pick<HostDetail, 'host'>): SettingsValues {
  return {
    datapathType: host.datapathType,
    virtType: host.virtType,
    tunnel: {
      hasTunnel: host.tunnel !== null,
      address: host.tunnel?.address ?? '',
      prefixLength: host.tunnel?.prefixLength ?? TUNNEL_PREFIX,
      nic: host.tunnel?.nic ?? '',
      gatewayIp: host.tunnel?.gatewayIp ?? '',
    },
    mappings: host.bridgeMappings.map((mapping, key) => ({ key, ...mapping })),
  }
}

export function settingsPatch({ datapathType, virtType, tunnel, mappings }: SettingsValues) {
  const { hasTunnel, address, prefixLength, nic, gatewayIp } = tunnel
  return {
    datapathType,
    virtType,
    tunnel: hasTunnel
      ? { address, prefixLength: prefixLength ?? 0, nic, ...(gatewayIp.trim() !== '' && { gatewayIp: gatewayIp.trim() }) }
      : null,
    bridgeMappings: mappings.map(({ physicalNetworkId, bridge, nic: mappedNic }) => ({
      physicalNetworkId,
      bridge,
      nic: mappedNic,
    })),
  }
}

export const checkSettings = checkPatch(hostPatchInput, settingsPatch)

/** br-<nic>, the usual name of a provider bridge. */
export const bridgeNameFor = (nic: string): string => (nic === '' ? '' : `br-${nic}`)
