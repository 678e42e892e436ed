// A security group: which connections the ports that are in it may take part in. What no rule of any of a port's groups allows is dropped.

export type RuleDirection = 'ingress' | 'egress'
export type EtherType = 'IPv4' | 'IPv6'

export interface SecurityGroupRule {
  readonly id: string
  /** `ingress`: to the VM. */
  readonly direction: RuleDirection
  readonly etherType: EtherType
  /** Neutron's name of it (ip-protocol.ts), or its number in digits where it has none. null: any. */
  readonly protocol: string | null
  /** First and last port, both or neither; of ICMP, type and code, of which the code may be null alone. null: any. */
  readonly portRangeMin: number | null
  readonly portRangeMax: number | null
  /** Who the other end may be: addresses (`10.0.0.0/8`), or all ports of a group. Not both; neither: anybody. */
  readonly remoteIpPrefix: string | null
  readonly remoteGroupId: string | null
  /** '' is none. */
  readonly description: string
}

/** What it lets through, whichever rule says so. */
export type UnnamedRule = Omit<SecurityGroupRule, 'id'>

export interface SecurityGroup {
  readonly id: string
  readonly projectId: string
  /** `default` is the one that a project's new ports are in; it comes and goes with the project. */
  readonly name: string
  /** One order for each set of rules. */
  readonly rules: readonly SecurityGroupRule[]
}

/** Neutron's name of the group that every project has. */
export const DEFAULT_GROUP = 'default'
