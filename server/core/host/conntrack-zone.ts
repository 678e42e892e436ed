// A zone of connection tracking that Open vSwitch has a row of.

import type { Owner } from '../naming'

export interface ConntrackZone {
  /** As the OVSDB names the datapath: system is the kernel's. */
  readonly datapath: 'system' | 'netdev'
  readonly zone: number
  readonly owner: Owner | null
  /** Seconds by state: tcp_established, udp_first, icmp_reply, …; what is not named has the datapath's default. */
  readonly timeouts: Readonly<Record<string, string>>
}
