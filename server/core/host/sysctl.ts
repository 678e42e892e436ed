// Kernel settings of a namespace. Per-device keys vanish with their device, so they are set and never unset.

export interface Sysctl {
  readonly netns: string
  /** Slash form below /proc/sys, because device names may hold dots: net/ipv6/conf/qbr…/disable_ipv6 */
  readonly key: string
  /** As the kernel prints it. Times that it counts in ticks (`proxy_delay`) come back rounded: only 0 is sure to be read as it was written. */
  readonly value: string
}

export const sysctlKey = (sysctl: Sysctl): string => `${sysctl.netns}/${sysctl.key}`

/** qr-… of net/ipv4/conf/qr-…/send_redirects; null for net/ipv4/conf/all/… and what is for no device. */
export const deviceOf = (key: string): string | null => /^net\/ipv[46]\/(?:conf|neigh)\/(?!all\/|default\/)([^/]+)\//.exec(key)?.[1] ?? null

/** Which devices' forwarding is set again by setting this one; null where none is. */
export function setsForwardingOf({ key }: Pick<Sysctl, 'key'>): 'ipv4' | 'ipv6' | null {
  if (key === 'net/ipv4/ip_forward' || key === 'net/ipv4/conf/all/forwarding') return 'ipv4'
  return key === 'net/ipv6/conf/all/forwarding' ? 'ipv6' : null
}

/** Whether iptables is asked about frames that cross a Linux bridge. They are there with the module br_netfilter, which a rule that matches physdev loads. */
export const BRIDGE_NETFILTER = ['net/bridge/bridge-nf-call-iptables', 'net/bridge/bridge-nf-call-ip6tables'] as const
export const isOfBridges = ({ key }: Pick<Sysctl, 'key'>): boolean => key.startsWith('net/bridge/')

/** They are there with the module nf_conntrack, which a rule that asks for connections loads. */
export const isOfTracking = ({ key }: Pick<Sysctl, 'key'>): boolean => key.startsWith('net/netfilter/')
