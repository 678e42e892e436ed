// Kernel settings that decide about packets, as the kernel combines a device's own with `all` (IN_DEV_MAXCONF and its kin).
// null: not read; what depends on it is asked both ways by whoever needs it.

import { unknown } from '../../ends'
import type { WalkEnd } from '../../walk-result'
import type { Host } from '../host'

/** Either on or off; of those that have more values a device's own may be the larger one. */
const SWITCHES = new Set([
  'accept_local',
  'arp_filter',
  'drop_unicast_in_l2_multicast',
  'proxy_arp_pvlan',
  'route_localnet',
  'src_valid_mark',
])

export function settingOf(host: Host, netns: string, name: string, device: string): number | null {
  const [all, own] = ['all', device].map((part) => host.sysctl(netns, `net/ipv4/conf/${part}/${name}`))
  // The larger one counts, so that what is set for all needs no look at a device's own.
  if (own === undefined) return Number(all) > 0 && SWITCHES.has(name) ? 1 : null
  return all === undefined ? null : Math.max(Number(all), Number(own))
}

/** What depends on a setting that nobody read. */
export const unreadSetting = (netns: string, name: string, device: string): WalkEnd =>
  unknown('unread', { netns, about: `net/ipv4/conf/${device}/${name}` })

/** Does the stack forward what comes in by a device. */
export function forwards(host: Host, netns: string, device: string): boolean | null {
  const value = host.sysctl(netns, `net/ipv4/conf/${device}/forwarding`) ?? host.sysctl(netns, 'net/ipv4/ip_forward')
  return value === undefined ? null : value === '1'
}
