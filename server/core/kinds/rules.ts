// Policy rules: ours in a namespace of ours.

import { ruleKey, type IpRule } from '../host/ip'
import { inNamespaces, whereIn, type Kind } from './kind'
import type { LineGuard } from './restore-guard'

/** These come with every namespace. */
const KERNEL_PRIORITIES = [0, 32766, 32767]

/** Of one that is there already the kernel would make another. */
const RULES: LineGuard = {
  name: 'rules',
  have: 'ip rule show',
  learn: 'ruled[ruleOf($0)]',
  done: String.raw`
function ruleOf(text) {
  sub(/:[ \t]*/, " ", text); gsub(/ \[detached\]/, "", text); gsub(/\/32 /, " ", text); sub(/ proto [^ ]+ *$/, "", text); sub(/ +$/, "", text)
  return text
}
$1 " " $2 == "rule add" { rule = $0; sub(/^rule add /, "", rule); sub(/ priority [0-9]+$/, "", rule) }
$1 " " $2 == "rule add" && (ruleOf($NF ":" rule) in ruled) { next }`,
}

export const ruleKind: Kind<IpRule> = {
  heading: 'Policy rules',
  noun: 'rules',
  key: ruleKey,
  label: (rule) => `rule ${rule.priority} ${[...selectors(rule), action(rule)].join(' ')}${whereIn(rule.netns)}`,
  // A command that leaves out what it selects by would hit another one.
  isOurs: (rule, scope) =>
    rule.netns !== '' && scope.namespaces.has(rule.netns) && !KERNEL_PRIORITIES.includes(rule.priority) && rule.unmodelled === undefined,
  // Any difference makes it another rule.
  compare: () => [],
  sections: inNamespaces('ip'),
  steps: [],
  ip: {
    set: (rules) => rules.map((rule) => `rule add ${words(rule)}`),
    // The kernel takes the first one that has all that is said: a rule that says less goes after those that say more.
    remove: (rules) => rules.toSorted((one, other) => saidBy(other) - saidBy(one)).map((rule) => `rule del ${words(rule)}`),
    restore: RULES,
  },
  probes: [],
}

/** In the order in which `ip rule` prints them: RULES looks for these words. */
const words = (rule: IpRule): string => [...selectors(rule), action(rule), `priority ${rule.priority}`].join(' ')

const selectors = ({ isInverted, source, destination, mark, inputLink, outputLink }: IpRule): string[] => [
  `${isInverted ? 'not ' : ''}from ${source}`,
  ...(destination === undefined ? [] : [`to ${destination}`]),
  ...(mark === undefined ? [] : [`fwmark ${printMark(mark)}`]),
  ...(inputLink === undefined ? [] : [`iif ${inputLink}`]),
  ...(outputLink === undefined ? [] : [`oif ${outputLink}`]),
]

const saidBy = (rule: IpRule): number => selectors(rule).length - (rule.source === 'all' ? 1 : 0)

const action = ({ action: kind, table, suppressPrefixLength }: IpRule): string =>
  kind ?? `lookup ${table}${suppressPrefixLength === undefined ? '' : ` suppress_prefixlength ${suppressPrefixLength}`}`

const ALL_BITS = 0xffffffff
const printMark = ({ value, mask }: NonNullable<IpRule['mark']>): string =>
  `0x${value.toString(16)}${mask === ALL_BITS ? '' : `/0x${mask.toString(16)}`}`
