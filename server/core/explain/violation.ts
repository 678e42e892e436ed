// A broken rule of the design in a sentence, which names its sense and the objects in conflict: under a field of a form, in an API error. The rules of
// a kind have theirs in its folder; here are those that hold for all kinds.

import type { ApiIssue } from '../api-types'
import { kindViolations } from '../topology/kinds/kinds'
import type { CommonRules, RefusedFindings, RuleParams } from '../topology/rule-params'
import type { Violation } from '../topology/violation'
import { explainFinding } from './finding'
import type { Messages } from './message'
import { objectKindWord } from './object-change'
import { quoted } from './words'

const bootText: Record<CommonRules['path-absolute']['what'], string> = {
  disk: 'The disk image',
  kernel: 'The kernel',
  initrd: 'The initial RAM disk',
  cmdline: 'The kernel command line',
  description: 'The description',
}

const addressForm: Record<CommonRules['address-form']['of'], string> = {
  tunnel: 'The tunnel address is an IPv4 address such as 192.168.150.11.',
  port: 'An address is written like 10.0.0.5.',
  gateway: 'The gateway is an IPv4 address such as 10.0.0.1.',
  pool: 'A pool has two IPv4 addresses, for example 10.0.0.10 and 10.0.0.99.',
  'tunnel-gateway': 'The underlay router has an IPv4 address such as 192.168.150.1.',
  vip: 'The VIP is an IPv4 address such as 192.168.200.1.',
  peer: 'A BGP peer has an IPv4 address such as 192.168.150.1.',
  record: 'A record has IPv4 addresses such as 10.0.0.5.',
  'next-hop': 'A next hop is an IPv4 address such as 10.0.0.254.',
  'name-server': 'A name server is an IPv4 address such as 9.9.9.9.',
}

const common: Messages<CommonRules> = {
  'known-object': ({ kind }) => `This ${objectKindWord[kind]} does not exist, or no longer.`,
  'changed-meanwhile': ({ change }) => {
    const what = change === null ? '' : `: ${change.field} was ${change.was ?? 'none'}, and is ${change.is ?? 'none'} now`
    return `Somebody else has changed this meanwhile${what}. Start again from what is there now.`
  },
  'local-vlan': ({ vlan, isTaken }) => `Local VLAN ${vlan} is ${isTaken ? 'given twice on one host' : 'out of range'}.`,
  'local-vlans-exhausted': ({ host, most }) =>
    `Host ${quoted(host)} carries ${most} networks already; br-int has no local VLAN left for another.`,
  'conntrack-zones-exhausted': ({ most }) => `All ${most} connection tracking zones are given away; no further port can be filtered.`,
  'name-not-empty': () => 'Give a name.',
  'name-printable': () => 'A name is one line of printable characters: no line breaks, tabs or control characters.',
  'name-length': ({ most, length }) => `A name has at most ${most} characters; this one has ${length}.`,
  'description-length': ({ most, length }) => `A description has at most ${most} characters; this one has ${length}.`,
  'name-unique': ({ kind, name }) => `There is a ${objectKindWord[kind]} named ${quoted(name)} already.`,
  'line-printable': ({ what }) => `${bootText[what]} is one line of printable characters.`,
  'path-absolute': ({ what }) => `${bootText[what]} is an absolute path on the host, such as /var/lib/images/guest.qcow2.`,
  'mtu-range': ({ least, most }) => `An MTU is a whole number from ${least} to ${most}.`,
  'address-form': ({ of }) => addressForm[of],
}

// The same sentence, whoever says it.
const refused = ({ finding }: RefusedFindings[keyof RefusedFindings]): string => explainFinding(finding)
const findings: Messages<RefusedFindings> = {
  'wire-vlan-ranges': refused,
  'wire-vlan-in-range': refused,
  'wire-segment': refused,
  'wire-mac-base': refused,
  'mac-base-reserved': refused,
  'carrier-without-uplink': refused,
  'subport-unfiltered': refused,
  'router-without-host': refused,
  'underlay-without-router': refused,
}

const messages: Messages<RuleParams> = { ...kindViolations, ...common, ...findings }

type Sayable = { [R in keyof RuleParams]: { readonly rule: R; readonly params: Readonly<RuleParams[R]> } }
const say = <R extends keyof RuleParams>({ rule, params }: Sayable[R]): string => messages[rule](params, '')

export const explainViolation = (violation: Violation): string => say(violation)

/** As the API tells it, and a form before it asks. */
export const ruleIssue = (violation: Violation): ApiIssue => ({
  field: violation.field,
  rule: violation.rule,
  message: explainViolation(violation),
})
