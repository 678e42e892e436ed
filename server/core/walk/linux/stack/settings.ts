// Kernel settings that decide about packets, as the kernel combines a device's own with `all` (IN_DEV_MAXCONF and its kin).
// null: not read; what depends on it is asked both ways by whoever needs it.

import type { Host } from '../host'

export function settingOf(host: Host, netns: string, name: string, device: string): number | null {
  const [all, own] = ['all', device].map((part) => host.sysctl(netns, `net/ipv4/conf/${part}/${name}`))
  return all === undefined || own === undefined ? null : Math.max(Number(all), Number(own))
}

/** Does the stack forward what comes in by a device. */
export function forwards(host: Host, netns: string, device: string): boolean | null {
  const value = host.sysctl(netns, `net/ipv4/conf/${device}/forwarding`) ?? host.sysctl(netns, 'net/ipv4/ip_forward')
  return value === undefined ? null : value === '1'
}
