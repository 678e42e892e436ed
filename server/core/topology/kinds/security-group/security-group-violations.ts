// The rules of a security group, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Limits, Names } from '../../rule-values'
import type { EtherType } from './security-group'

export interface SecurityGroupRules {
  'security-group-default': { project: string; is: 'removed' | 'renamed' | 'taken' }
  'security-group-unused': { group: string; ports: Names; groups: Names }
  /** Somebody else's group, where one is named. */
  'security-group-project': { group: string; by: 'port' | 'rule' }
  'security-group-quota': { most: number; count: number }
  'security-group-rule-of-group': { group: string }
  'security-group-rule-unique': { rule: string }
  'security-group-rule-protocol': { protocol: string }
  'security-group-rule-family': { protocol: string }
  'security-group-rule-ports': { protocol: string | null }
  'security-group-rule-port-range': Limits
  'security-group-rule-port-order': { first: number; last: number }
  'security-group-rule-icmp': Limits & { what: 'type' | 'code' }
  'security-group-rule-icmp-type': { code: number }
  'security-group-rule-remote': {}
  'security-group-rule-prefix-family': { prefix: string; etherType: EtherType }
  'ip-prefix-form': {}
  'ip-prefix-host-bits': { prefix: string; network: string }
}

export const securityGroupViolations: Messages<SecurityGroupRules> = {
  'security-group-default': ({ project, is }) =>
    is === 'taken'
      ? `Project ${quoted(project)} has its default group already; another group has another name.`
      : `The default group of project ${quoted(project)} is not ${is}: new ports are in it. It goes with the project.`,
  'security-group-unused': ({ group, ports, groups }) => {
    const users = [
      ...(ports.length > 0 ? [`ports are in it (${joinQuoted(ports)})`] : []),
      ...(groups.length > 0 ? [`rules of other groups name it (${joinQuoted(groups)})`] : []),
    ]
    return `Group ${quoted(group)} is in use: ${users.join(', and ')}.`
  },
  'security-group-project': ({ group, by }) =>
    `Group ${quoted(group)} is another project's; ${by === 'port' ? 'a port is in groups' : 'a rule names a group'} of its own project.`,
  'security-group-quota': ({ most, count }) => `A group has at most ${most} rules; this would be ${count}.`,
  'security-group-rule-of-group': ({ group }) => `Group ${quoted(group)} has no such rule, or no longer.`,
  'security-group-rule-unique': ({ rule }) => `The group has this rule already: ${rule}.`,
  'security-group-rule-protocol': ({ protocol }) =>
    `${quoted(protocol)} is no protocol. It is any, a name such as tcp, udp or icmp, or a number from 0 to 255.`,
  'security-group-rule-family': ({ protocol }) => `No IPv4 packet has the protocol ${protocol}. Choose IPv6, or another protocol.`,
  'security-group-rule-ports': ({ protocol }) =>
    protocol === null
      ? 'Ports need a protocol that has them: tcp, udp, sctp, dccp or udplite, or icmp with type and code.'
      : `${protocol} has no ports. They belong to tcp, udp, sctp, dccp and udplite, and to icmp as type and code.`,
  'security-group-rule-port-range': ({ least, most }) => `A port is a whole number from ${least} to ${most}.`,
  'security-group-rule-port-order': ({ first, last }) => `The first port, ${first}, is behind the last, ${last}.`,
  'security-group-rule-icmp': ({ what, least, most }) => `The ICMP ${what} is a whole number from ${least} to ${most}.`,
  'security-group-rule-icmp-type': ({ code }) => `The ICMP code ${code} means nothing without a type.`,
  'security-group-rule-remote': () => 'The other end is a prefix or a group, not both.',
  'security-group-rule-prefix-family': ({ prefix, etherType }) => `${prefix} is no prefix of ${etherType}.`,
  'ip-prefix-form': () => 'An address or prefix is written like 10.0.0.5, 10.0.0.0/8 or 2001:db8::/32.',
  'ip-prefix-host-bits': ({ prefix, network }) => `${prefix} has host bits set; the prefix is ${network}.`,
}
