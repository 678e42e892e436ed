// What can be wrong with the bytes of a frame, by code with its values.

import type { Coded } from '../finding'

export type MalformedReason = Coded<MalformedParams>
export interface MalformedParams {
  'bytes-missing': { needed: number; there: number }
  version: { version: number; known: number }
  'header-short': { bytes: number }
  'length-inside-header': { length: number }
  'length-beyond-frame': { length: number }
  /** Of UDP, header included. */
  'datagram-short': { length: number }
  /** `option`: of TCP its kind; null of neighbour discovery. */
  'option-without-length': { option: number | null }
  'other-arp': {}
  'no-vni': {}
  'no-dhcp-options': {}
  'endless-name': {}
  'other-link': { linkType: number }
  'many-headers': { most: number }
  'many-tunnels': { most: number }
}
