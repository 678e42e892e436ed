// Where a VXLAN device sends frames: one entry per MAC and VTEP, all zeros for what is broadcast or unknown. From `bridge -j fdb`.

export interface FdbEntry {
  /** VXLAN device of the root namespace. */
  readonly link: string
  readonly macAddress: string
  /** Address of the VTEP. */
  readonly destination: string
  /** False for what the device learned, which ages out by itself. */
  readonly isStatic: boolean
  /** Device that its packets leave by, whatever the routes say. */
  readonly via?: string
  /** What else it says that nothing here looks at (port, vni, src_vni); an entry whose VTEPs are a nexthop object has no destination. */
  readonly unmodelled?: readonly string[]
}

export const FLOOD_MAC = '00:00:00:00:00:00'

export const fdbKey = ({ link, macAddress, destination, unmodelled }: FdbEntry): string =>
  `${link}/${macAddress}/${destination}${unmodelled ? `/${unmodelled.join()}` : ''}`
