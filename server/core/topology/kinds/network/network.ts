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
  /** Neutron's router:external: routers may lead out by it. Absent: none may. */
  readonly isExternal?: boolean
  /** In which a host with Linux bridge tracks the connections of its ports there: all of one network in one, as Neutron's agent does. */
  readonly conntrackZone?: number
}
