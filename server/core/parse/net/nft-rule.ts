// One rule of nft in the words of iptables (libnftables-json(5)): conditions and statements in their order. A condition without words is an
// option that no module has, `--nft`, which nobody can say of a packet whether it holds; a statement without words is a chain that is not there.

import type { IptablesChain } from '../../host/iptables'

export type NftExpression = Readonly<Record<string, unknown>>
type Family = IptablesChain['family']

interface Condition {
  readonly op?: unknown
  readonly left?: unknown
  readonly right?: unknown
}

/** They change nothing of where a packet goes. */
const NOTES = new Set(['counter', 'log', 'comment', 'last', 'continue'])
/** They hold for some packets and not for others. */
const LIMITS = new Set(['limit', 'quota', 'ct count'])

/** They say everything by their name. */
const VERDICTS = new Set(['accept', 'drop', 'reject', 'return', 'notrack'])

/** More than one where a verdict map has several answers. */
export function nftRules(expressions: readonly NftExpression[], family: Family): readonly string[] {
  const words: string[] = []
  for (const [at, expression] of expressions.entries()) {
    const [key = '', value] = Object.entries(expression)[0] ?? []
    if (key === 'match') words.push(conditionWords((value ?? {}) as Condition, family))
    else if (LIMITS.has(key)) words.push(unknownCondition(key))
    else if (key === 'vmap')
      return [...mapped(value, words, family), ...nftRules(expressions.slice(at + 1), family).map((rest) => [...words, rest].join(' '))]
    else if (!NOTES.has(key)) return [[...words, statementWords(key, value)].join(' ')]
  }
  return words.length === 0 ? [] : [words.join(' ')]
}

const unknownCondition = (about: string): string => `--nft ${about.replaceAll(/[^\w]+/g, '-')}`

function mapped(value: unknown, words: readonly string[], family: Family): string[] {
  const elements = listOf(at(value, 'data'))
  if (elements === null) return [[...words, statementWords('vmap', null)].join(' ')]
  return elements.map((element) => {
    const [right, verdict] = Array.isArray(element) ? element : []
    const [key = 'vmap', of] = Object.entries((verdict ?? {}) as NftExpression)[0] ?? []
    return [...words, conditionWords({ op: '==', left: at(value, 'key'), right }, family), statementWords(key, of)].join(' ')
  })
}

function statementWords(key: string, value: unknown): string {
  return knownStatement(key, value) ?? `-j nft:${key.replaceAll(/[^\w]+/g, '-')}`
}

function knownStatement(key: string, value: unknown): string | null {
  if (VERDICTS.has(key)) return `-j ${key.toUpperCase()}`
  const target = at(value, 'target')
  switch (key) {
    case 'masquerade':
      return value === null ? '-j MASQUERADE' : null
    case 'jump':
      // A target of iptables is in capitals; a chain that has such a name would be taken for it.
      return typeof target === 'string' && !/^[A-Z]+$/.test(target) ? `-j ${target}` : null
    case 'goto':
      return typeof target === 'string' ? `-g ${target}` : null
    case 'snat':
      return natStatement('-j SNAT --to-source', value)
    case 'dnat':
      return natStatement('-j DNAT --to-destination', value)
    default:
      return null
  }
}

function natStatement(words: string, value: unknown): string | null {
  const [address, port] = [at(value, 'addr'), at(value, 'port')]
  if (typeof address !== 'string' || at(value, 'flags') !== undefined) return null
  if (port === undefined) return `${words} ${address}`
  return typeof port === 'number' ? `${words} ${address}:${port}` : null
}

function conditionWords({ op, left, right }: Condition, family: Family): string {
  const { name, words } = optionOf(left, family)
  const values = listOf(right)?.map(printValue) ?? []
  const text = values.length > 0 && values.every((value) => value !== null) ? words?.(values as string[]) : undefined
  if (text === undefined || text === null || (text.startsWith('!') && op === '!=') || (op !== '==' && op !== 'in' && op !== '!='))
    return unknownCondition(name)
  if (op !== '!=') return text
  // Of "-p tcp --dport 22" only the port is denied.
  const last = text.lastIndexOf(' -')
  return last < 0 ? `! ${text}` : `${text.slice(0, last)} !${text.slice(last)}`
}

type Words = (values: readonly string[]) => string | null
interface Option {
  readonly name: string
  readonly words?: Words | undefined
}

const one =
  (option: string, print: (value: string) => string | null = (value) => value): Words =>
  ([value = '', ...more]) => {
    const printed = more.length > 0 ? null : print(value)
    return printed === null ? null : `${option} ${printed}`
  }

/** `vnet*` → `vnet+` */
const device = (option: string): Words => one(option, (name) => (/^[^*\s"!]+\*?$/.test(name) ? name.replace(/\*$/, '+') : null))
const NAME = /^[\w-]+$/
const protocol: Words = one('-p', (name) => (NAME.test(name) ? name : null))

const META: Readonly<Record<string, Words>> = {
  iifname: device('-i'),
  iif: device('-i'),
  oifname: device('-o'),
  oif: device('-o'),
  l4proto: protocol,
  mark: one('-m mark --mark'),
}
const OF_BRIDGES = new Set(['iifname', 'iif', 'oifname', 'oif'])

function optionOf(left: unknown, family: Family): Option {
  const [meta, connection] = [at(at(left, 'meta'), 'key'), at(at(left, 'ct'), 'key')]
  if (typeof meta === 'string')
    return {
      name: meta,
      words:
        family !== 'bridge' && meta === 'nfproto' ? ofFamily(family) : family !== 'bridge' || OF_BRIDGES.has(meta) ? META[meta] : undefined,
    }
  if (typeof connection === 'string')
    return { name: `ct ${connection}`, words: connection === 'state' && family !== 'bridge' ? states : undefined }
  const [layer, field] = [at(at(left, 'payload'), 'protocol'), at(at(left, 'payload'), 'field')]
  if (typeof layer !== 'string' || typeof field !== 'string') return { name: Object.keys((left ?? {}) as object)[0] ?? 'expression' }
  return { name: `${layer} ${field}`, words: family === 'bridge' ? undefined : payloadWords(layer, field) }
}

/** In a table for both, what is asked of the other family never holds. */
const ofFamily =
  (family: Family): Words =>
  ([value]) => {
    const [any, other] = family === 'ipv6' ? ['::/0', 'ipv4'] : ['0.0.0.0/0', 'ipv6']
    return value === other ? `! -s ${any}` : value === family ? `-s ${any}` : null
  }

const states: Words = (values) => `-m conntrack --ctstate ${values.join(',').toUpperCase()}`
const PREFIX = /^[\da-f.:]+(?:\/\d+)?$/i

function payloadWords(layer: string, field: string): Words | undefined {
  if ((layer === 'ip' || layer === 'ip6') && (field === 'saddr' || field === 'daddr'))
    return one(field === 'saddr' ? '-s' : '-d', (value) => (PREFIX.test(value) ? value : null))
  if ((layer === 'ip' && field === 'protocol') || (layer === 'ip6' && field === 'nexthdr')) return protocol
  if (layer === 'icmp' && field === 'type') return one('-p icmp --icmp-type', (value) => (NAME.test(value) ? value : null))
  if (!['tcp', 'udp', 'sctp', 'th'].includes(layer) || (field !== 'sport' && field !== 'dport')) return undefined
  return (values) => `${layer === 'th' ? '' : `-p ${layer} `}-m multiport --${field}s ${values.join(',')}`
}

/** The values of a set, or the one that there is; null for a set that has a name only. */
function listOf(right: unknown): readonly unknown[] | null {
  const set = at(right, 'set')
  if (Array.isArray(set)) return set
  if (Array.isArray(right)) return right
  return right === undefined || (typeof right === 'string' && right.startsWith('@')) ? null : [right]
}

function printValue(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return /\s/.test(String(value)) ? null : String(value)
  const prefix = at(value, 'prefix')
  if (prefix !== undefined) return `${String(at(prefix, 'addr'))}/${String(at(prefix, 'len'))}`
  const range = at(value, 'range')
  return Array.isArray(range) ? range.map(String).join(':') : null
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
