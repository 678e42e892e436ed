// All chains of one namespace and family, ready to be run; rules are parsed when a packet first comes to their chain.

import { chainKey, type BaseChain, type IptablesChain } from '../../../host/iptables'
import { parseRule, type Rule } from './rule'

export interface Chain {
  readonly key: string
  readonly policy: string | null
  rules(): readonly Rule[]
}

export interface Ruleset {
  readonly family: IptablesChain['family']
  chain(table: string, name: string): Chain | undefined
  /** Base chains of nft at a hook. */
  atHook(hook: string): readonly ChainAtHook[]
}

export interface ChainAtHook extends Omit<BaseChain, 'hook'> {
  readonly table: string
  readonly chain: string
}

export function buildRuleset(chains: readonly IptablesChain[], family: IptablesChain['family']): Ruleset {
  const byName = new Map(chains.map((chain) => [`${chain.table} ${chain.chain}`, lazyChain(chain)]))
  const bases = chains.flatMap(({ table, chain, base }) => (base ? [{ ...base, table, chain }] : []))
  return { family, chain: (table, name) => byName.get(`${table} ${name}`), atHook: (hook) => bases.filter((base) => base.hook === hook) }
}

function lazyChain(chain: IptablesChain): Chain {
  let parsed: readonly Rule[] | null = null
  return {
    key: chainKey(chain),
    policy: chain.policy,
    rules: () => (parsed ??= chain.rules.map((text, at) => parseRule(text, at + 1, chain.family))),
  }
}
