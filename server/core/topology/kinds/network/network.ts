// A network with its segment.

export type NetworkType = 'flat' | 'vlan' | 'vxlan'

export interface Network {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly type: NetworkType
  /** Set for flat and vlan, null for vxlan. */
  readonly physicalNetworkId: string | null
  /** VLAN id or VNI; null for flat. */
  readonly segmentationId: number | null
  readonly mtu: number
  readonly isAdminStateUp: boolean
}
