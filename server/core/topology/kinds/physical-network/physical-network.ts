// A physical network: the wire that flat and VLAN networks travel on (Neutron's provider:physical_network).

export interface VlanRange {
  readonly min: number
  readonly max: number
}

export interface PhysicalNetwork {
  readonly id: string
  readonly name: string
  readonly mtu: number
  readonly vlanRanges: readonly VlanRange[]
  /** The physical network on whose wire this one's frames travel, through nested uplinks. Absent: a wire of its own. */
  readonly carrierId?: string
  /** First three octets of the MAC addresses that are chosen for ports here; absent: Neutron's base_mac. */
  readonly macBase?: string
}
