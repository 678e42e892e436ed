// One dnsmasq per network with DHCP, in the namespace qdhcp-<network>, with Neutron's files in a directory of ours.

export interface DnsmasqInstance {
  readonly networkId: string
  readonly netns: string
  /** Our state directory (naming.dhcpDirectory). Everything in it is ours. */
  readonly directory: string
  /** Full argument vector, program first, as /proc/<pid>/cmdline shows it. */
  readonly argv: readonly string[]
  /** Files by name: host, addn_hosts, opts. Text with a final newline, or ''. */
  readonly files: Readonly<Record<string, string>>
  readonly isRunning: boolean
  /** Observed only. */
  readonly pid?: number
  /** Lines of the lease file; observed only. */
  readonly leases?: readonly DhcpLease[]
}

export interface DhcpLease {
  /** Unix seconds, 0 is for ever. */
  readonly expiresAt: number
  readonly macAddress: string
  readonly ipAddress: string
  readonly hostname: string
  readonly clientId: string
}

export const dnsmasqKey = (instance: Pick<DnsmasqInstance, 'networkId'>): string => instance.networkId
