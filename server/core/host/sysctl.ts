// Kernel settings of a namespace. Per-device keys vanish with their device, so they are set and never unset.

export interface Sysctl {
  readonly netns: string
  /** Slash form below /proc/sys, because device names may hold dots: net/ipv6/conf/qbr…/disable_ipv6 */
  readonly key: string
  readonly value: string
}

export const sysctlKey = (sysctl: Sysctl): string => `${sysctl.netns}/${sysctl.key}`
