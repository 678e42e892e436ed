// `iptables-save`, `ip6tables-save` and `ebtables-nft-save` → chains. Rules stay text: what compares and explains them reads iptables' own words.
//
//   *filter
//   :FORWARD ACCEPT [0:0]
//   :neutron-openvswi-sg-chain - [0:0]
//   -A FORWARD -j neutron-filter-top
//   COMMIT

import type { IptablesChain } from '../../host/iptables'
import type { Unparsed } from '../../host/observation'
import { notA, unparsed, type Parsed } from '../parse-result'

type Family = IptablesChain['family']

interface Draft {
  readonly table: string
  readonly chain: string
  readonly policy: string | null
  readonly rules: string[]
}

const TABLE = /^\*([a-z]+)$/
/** Said as a comment: rules that nft made in this table, with none of iptables or beside those. */
const OF_NFT = /^# Table `\S+' (is|contains) incompatible\b/
const CHAIN = /^:(\S+) (\S+)(?: \[\d+:\d+\])?$/
/** With `-c` each rule starts with its counters. */
const RULE = /^(?:\[\d+:\d+\] )?-A (\S+)(?: (.*))?$/

export function parseIptablesSave(text: string, netns: string, family: Family, section = 'iptables'): Parsed<readonly IptablesChain[]> {
  const chains = new Map<string, Draft>()
  const rest: Unparsed[] = []
  let table = ''
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd()
    rest.push(...tableOfNft(trimmed, section))
    if (trimmed === '' || trimmed.startsWith('#') || trimmed === 'COMMIT') continue
    const heading = TABLE.exec(trimmed)
    if (heading?.[1]) table = heading[1]
    else if (!addChain(chains, table, trimmed) && !addRule(chains, table, trimmed))
      rest.push(unparsed(section, trimmed, notA('iptables-line')))
  }
  const value = [...chains.values()].map((draft) => ({ netns, family, ...draft }))
  return { value, unparsed: rest }
}

/** Where they stand beside what iptables made, all of that is shown. */
function tableOfNft(line: string, section: string): Unparsed[] {
  const [, how] = OF_NFT.exec(line) ?? []
  if (how === undefined) return []
  const piece = unparsed(section, line, { code: 'shown-by-another', params: { tool: 'nft' } })
  return [how === 'is' ? piece : { ...piece, foreign: [] }]
}

function addChain(chains: Map<string, Draft>, table: string, line: string): boolean {
  const [, chain, policy] = CHAIN.exec(line) ?? []
  if (!chain || !policy || table === '') return false
  chains.set(`${table} ${chain}`, { table, chain, policy: policy === '-' ? null : policy, rules: [] })
  return true
}

function addRule(chains: Map<string, Draft>, table: string, line: string): boolean {
  const [, chain, rule = ''] = RULE.exec(line) ?? []
  const draft = chains.get(`${table} ${chain}`)
  draft?.rules.push(rule)
  return draft !== undefined
}

/** What a namespace said on standard error: kernel tables of the other iptables, which this one does not show, filter all the same. */
export const parseOtherTables = (text: string, netns: string): readonly Unparsed[] =>
  [...text.matchAll(/^# Warning: (ip6?tables)-legacy tables present.*$/gm)].map(([line, program]) =>
    unparsed(`${program} ${netns}`.trim(), line, { code: 'shown-by-another', params: { tool: `${program}-legacy` } }),
  )
