// `ip -j addr` → addresses per device.
//
//   {"ifname":"eth0","addr_info":[{"family":"inet","local":"10.97.0.11","prefixlen":24,"scope":"global"}]}

import { z } from 'zod'
import type { IpAddress } from '../../host/ip'

const infoSchema = z.object({
  family: z.enum(['inet', 'inet6']),
  local: z.string(),
  prefixlen: z.number().int().min(0).max(128),
  /** global, link or host; link-local addresses are the kernel's own. */
  scope: z.string().optional(),
  /** The device's name where nobody gave another. */
  label: z.string().optional(),
})

export const addressRowSchema = z.object({
  ifname: z.string().min(1),
  /** `ip` prints empty objects for addresses that a filter hid. */
  addr_info: z.array(z.union([infoSchema, z.strictObject({})])).default([]),
})
export type AddressRow = z.infer<typeof addressRowSchema>

export function toAddresses(row: AddressRow, netns: string): IpAddress[] {
  return row.addr_info.flatMap((info) => {
    if (!('local' in info)) return []
    const cidr = `${info.local}/${info.prefixlen}`
    const label = info.label === undefined || info.label === row.ifname ? {} : { label: info.label }
    return [{ netns, link: row.ifname, cidr, ...(info.scope === undefined ? {} : { scope: info.scope }), ...label }]
  })
}
