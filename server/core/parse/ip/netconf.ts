// `ip -j netconf` → settings of devices that a packet's way depends on. One dump tells them for all devices, where /proc/sys has a file
// for each.
//
//   {"family":"inet","interface":"eth0","forwarding":true,"rp_filter":"strict","proxy_neigh":false,…}

import { z } from 'zod'
import type { Sysctl } from '../../host/sysctl'
import { mapParsed, rowSteps } from '../json'
import type { Parsed } from '../parse-result'
import type { Steps } from '../steps'

const bit = z
  .boolean()
  .transform((isOn) => (isOn ? '1' : '0'))
  .optional()
const rowSchema = z.object({
  interface: z.string(),
  forwarding: bit,
  rp_filter: z
    .enum(['off', 'strict', 'loose'])
    .transform((mode) => ({ off: '0', strict: '1', loose: '2' })[mode])
    .optional(),
  proxy_neigh: bit,
})

const isIpv4 = (row: unknown): boolean => typeof row === 'object' && row !== null && 'family' in row && row.family === 'inet'

export function* netconfSteps(rows: readonly unknown[], netns: string, section: string): Steps<Parsed<readonly Sysctl[]>> {
  return mapParsed(yield* rowSteps(rows.filter(isIpv4), section, rowSchema), (devices) =>
    devices.flatMap(({ interface: device, forwarding, rp_filter, proxy_neigh }) =>
      Object.entries({ forwarding, rp_filter, proxy_arp: proxy_neigh }).flatMap(([name, value]) =>
        value === undefined ? [] : [{ netns, key: `net/ipv4/conf/${device}/${name}`, value }],
      ),
    ),
  )
}
