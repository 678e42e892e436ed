// `nft -t -j list table` of the tables that neither iptables nor ebtables shows, one JSON text a line → chains. A rule is told in the words of
// iptables, as far as it has any: what runs and explains rules reads those. What it has no words for stands as an option or a target that nobody
// knows, so that a walk says where it cannot tell. Of a table that nft did not tell, its family and name stand there instead.
//
//   {"nftables": [{"metainfo": …}, {"chain": {"family": "inet", "table": "fw", "name": "in", "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}},
//     {"rule": {"family": "inet", "table": "fw", "chain": "in", "handle": 4, "expr": [{"match": {…}}, {"accept": null}]}}]}

import { z } from 'zod'
import type { IptablesChain } from '../../host/iptables'
import type { Unparsed } from '../../host/observation'
import { noFit, parseJson } from '../json'
import { unparsed, type Parsed } from '../parse-result'
import { nftRules, type NftExpression } from './nft-rule'

const chainSchema = z.object({
  family: z.string(),
  table: z.string(),
  name: z.string(),
  /** These four of a base chain only. */
  type: z.string().optional(),
  hook: z.string().optional(),
  prio: z.number().optional(),
  policy: z.string().optional(),
})
const expressionSchema: z.ZodType<NftExpression> = z.record(z.string(), z.unknown())
const ruleSchema = z.object({ family: z.string(), table: z.string(), chain: z.string(), expr: z.array(expressionSchema) })
const listSchema = z.object({ nftables: z.array(z.object({ chain: chainSchema.optional(), rule: ruleSchema.optional() })) })

type Chain = z.infer<typeof chainSchema>
type Rule = z.infer<typeof ruleSchema>

const FAMILIES: Readonly<Record<string, readonly IptablesChain['family'][]>> = {
  ip: ['ipv4'],
  ip6: ['ipv6'],
  inet: ['ipv4', 'ipv6'],
  bridge: ['bridge'],
}
const HOOKS = new Set(['prerouting', 'input', 'forward', 'output', 'postrouting'])

export function parseNft(text: string, netns: string, section = 'nft'): Parsed<readonly IptablesChain[]> {
  const tables = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => parseTable(line, netns, section))
  return { value: tables.flatMap(({ value }) => value), unparsed: tables.flatMap((table) => table.unparsed) }
}

const OF_NFT: Unparsed['reason'] = { code: 'shown-by-another', params: { tool: 'nft' } }
/** Nothing of ours is ever in such a table. */
const notTold = (section: string, line: string, reason: Unparsed['reason']): Unparsed => ({
  ...unparsed(section, line, reason),
  foreign: [],
})

function parseTable(line: string, netns: string, section: string): Parsed<readonly IptablesChain[]> {
  const failed = (reason: Unparsed['reason']) => ({ value: [], unparsed: [notTold(section, line, reason)] })
  if (!line.startsWith('{')) return failed(OF_NFT)
  const json = parseJson(line)
  if (!json.ok) return failed(json.error.reason)
  const list = listSchema.safeParse(json.value)
  if (!list.success) return failed(noFit(list.error))
  const rules = list.data.nftables.flatMap(({ rule }) => rule ?? [])
  const chains = list.data.nftables.flatMap(({ chain }) => chain ?? [])
  const elsewhere = chains.filter((chain) => chain.hook !== undefined && !isFollowed(chain))
  return {
    value: chains.filter((chain) => !elsewhere.includes(chain)).flatMap((chain) => toChains(chain, rules, netns)),
    unparsed: elsewhere.map((chain) => notTold(section, JSON.stringify(chain), OF_NFT)),
  }
}

/** Those of a device (ingress, egress) and of ARP are at no hook that is walked. */
const isFollowed = ({ family, hook = '' }: Chain): boolean => FAMILIES[family] !== undefined && HOOKS.has(hook)

function toChains(chain: Chain, rules: readonly Rule[], netns: string): IptablesChain[] {
  const own = rules.filter((rule) => rule.family === chain.family && rule.table === chain.table && rule.chain === chain.name)
  const { hook, prio: priority = 0, type } = chain
  return (FAMILIES[chain.family] ?? []).map((family) => ({
    netns,
    family,
    table: `${chain.family} ${chain.table}`,
    chain: chain.name,
    policy: hook === undefined ? null : (chain.policy ?? 'accept').toUpperCase(),
    rules: own.flatMap(({ expr }) => nftRules(expr, family)),
    ...(hook !== undefined && { base: { hook: hook.toUpperCase(), priority, isNat: type === 'nat' } }),
  }))
}
