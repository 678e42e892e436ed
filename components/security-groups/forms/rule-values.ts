// Rows of new rules as they are filled in ↔ the API's list. Pure; what a rule may be is the server's, and what it says of one stands at the input
// that the number came from.

import { fieldError, groupError } from '@/components/lib/app-error'
import { checkInput } from '@/components/lib/check-form'
import { addRulesInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { securityGroupKind } from '@/server/core/topology/kinds/security-group/security-group-kind'
import type { EtherType, RuleDirection } from '@/server/core/topology/kinds/security-group/security-group'

import { icmpOf, isPreset, numbersOf, type Numbers, type TrafficChoice } from './rule-presets'

/** '' is anybody. */
export type RemoteChoice = '' | 'prefix' | `group:${string}`

export interface RuleRow {
  /** Only for React's keys. */
  readonly key: number
  readonly direction: RuleDirection
  readonly etherType: EtherType
  readonly traffic: TrafficChoice
  /** Of `other`: Neutron's name or a number. */
  readonly protocol: string
  /** Of what is said in numbers: first and last port, or type and code. */
  readonly min: number | null
  readonly max: number | null
  readonly remote: RemoteChoice
  readonly remoteIpPrefix: string
  readonly description: string
}

/** What the form holds. */
export interface RulesValues {
  readonly id: string
  readonly rows: readonly RuleRow[]
}

export const newRule = (key: number, direction: RuleDirection): RuleRow => ({
  key,
  direction,
  etherType: 'IPv4',
  traffic: direction === 'ingress' ? 'ssh' : 'any',
  protocol: '',
  min: null,
  max: null,
  remote: '',
  remoteIpPrefix: '',
  description: '',
})

/** Who asks for numbers begins with those of the preset that was there. */
export function withTraffic(row: RuleRow, traffic: TrafficChoice): RuleRow {
  if (isPreset(traffic)) return { ...row, traffic }
  const { protocol, min, max } = numbersIn(row)
  const isSame = protocol === (traffic === 'icmp' ? icmpOf(row.etherType) : traffic)
  return { ...row, traffic, min: isSame ? min : null, max: isSame ? max : null }
}

function numbersIn({ traffic, etherType, protocol, min, max }: RuleRow): Numbers {
  if (isPreset(traffic)) return numbersOf(traffic, etherType)
  if (traffic === 'icmp') return { protocol: icmpOf(etherType), min, max }
  // One port is a range of one; a last port alone is left for the rule that refuses it.
  return { protocol: traffic === 'other' ? protocol.trim() : traffic, min, max: max ?? min }
}

export function toRules(rows: readonly RuleRow[]) {
  return rows.map((row) => {
    const { protocol, min, max } = numbersIn(row)
    const { direction, etherType, remote, description } = row
    return {
      direction,
      etherType,
      protocol,
      portRangeMin: min,
      portRangeMax: max,
      remoteIpPrefix: remote === 'prefix' ? row.remoteIpPrefix.trim() : null,
      remoteGroupId: remote.startsWith('group:') ? remote.slice('group:'.length) : null,
      description,
    }
  })
}

export const checkNewRules = checkInput(
  addRulesInput,
  ({ id, rows }: RulesValues) => ({ id, rules: toRules(rows) }),
  securityGroupKind.fieldRules,
)

export type RuleErrors = Readonly<
  Record<'direction' | 'etherType' | 'traffic' | 'protocol' | 'min' | 'max' | 'remote' | 'prefix' | 'description', string | null>
>

/** What is said of a number that the row does not show, or of the rule as a whole, stands at what was chosen. */
export function ruleErrors(error: unknown, row: RuleRow, at: number): RuleErrors {
  const of = (field: string) => fieldError(error, `rules.${at}.${field}`)
  const [protocol, min, max, prefix, group] = [
    of('protocol'),
    of('portRangeMin'),
    of('portRangeMax'),
    of('remoteIpPrefix'),
    of('remoteGroupId'),
  ]
  const hasNumbers = !isPreset(row.traffic)
  return {
    direction: of('direction'),
    etherType: of('etherType'),
    traffic: groupError(error, `rules.${at}`) ?? (row.traffic === 'other' ? null : protocol) ?? (hasNumbers ? null : (min ?? max)),
    protocol: row.traffic === 'other' ? protocol : null,
    min: hasNumbers ? min : null,
    max: hasNumbers ? max : null,
    remote: group ?? (row.remote === 'prefix' ? null : prefix),
    prefix: row.remote === 'prefix' ? prefix : null,
    description: of('description'),
  }
}
