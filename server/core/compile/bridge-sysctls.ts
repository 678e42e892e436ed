// Kernel settings of a Linux bridge that VMs are plugged into.

import type { Sysctl } from '../host/sysctl'

/** It must not answer for the host: no IPv6, and no ARP for addresses of other devices. */
export function bridgeSysctls(bridge: string): Sysctl[] {
  return [
    { netns: '', key: `net/ipv6/conf/${bridge}/disable_ipv6`, value: '1' },
    { netns: '', key: `net/ipv4/conf/${bridge}/arp_ignore`, value: '1' },
    { netns: '', key: `net/ipv4/conf/${bridge}/arp_announce`, value: '2' },
  ]
}
