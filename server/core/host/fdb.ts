// Where a VXLAN device sends frames: one entry per MAC and VTEP, all zeros for what is broadcast or unknown. From `bridge -j fdb`.

export interface FdbEntry {
  /** VXLAN device of the root namespace. */
  readonly link: string
  readonly macAddress: string
  /** Address of the VTEP. */
  readonly destination: string
  /** False for what the device learned, which ages out by itself. */
  readonly isStatic: boolean
}

export const FLOOD_MAC = '00:00:00:00:00:00'

export const fdbKey = ({ link, macAddress, destination }: FdbEntry): string => `${link}/${macAddress}/${destination}`
