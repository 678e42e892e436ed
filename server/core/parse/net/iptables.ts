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
const CHAIN = /^:(\S+) (\S+)(?: \[\d+:\d+\])?$/
/** With `-c` each rule starts with its counters. */
const RULE = /^(?:\[\d+:\d+\] )?-A (\S+)(?: (.*))?$/

export function parseIptablesSave(text: string, netns: string, family: Family, section = 'iptables'): Parsed<readonly IptablesChain[]> {
  const chains = new Map<string, Draft>()
  const rest: Unparsed[] = []
  let table = ''
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed === 'COMMIT') continue
    const heading = TABLE.exec(trimmed)
    if (heading?.[1]) table = heading[1]
    else if (!addChain(chains, table, trimmed) && !addRule(chains, table, trimmed)) rest.push(unparsed(section, trimmed, notA('iptables-line')))
  }
  const value = [...chains.values()].map((draft) => ({ netns, family, ...draft }))
  return { value, unparsed: rest }
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
