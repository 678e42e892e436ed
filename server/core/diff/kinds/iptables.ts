// iptables and ebtables chains. A chain of ours is compared whole; of a built-in chain only the jumps into our chains count.

import { chainKey, isOurChain, CHAIN_PREFIX, type IptablesChain } from '../../host/iptables'
import { compareFields } from '../compare-fields'
import type { KindSpec } from '../host-diff'

/** The rules of a chain that are ours to add or remove. */
export const ourRules = (chain: IptablesChain): readonly string[] =>
  isOurChain(chain) ? chain.rules : chain.rules.filter((rule) => rule.includes(`-j ${CHAIN_PREFIX}`))

export const iptablesSpec: KindSpec<IptablesChain> = {
  key: chainKey,
  label: (chain) => `${chain.family === 'bridge' ? 'ebtables' : 'iptables'} ${chain.table} ${chain.chain}${chain.netns === '' ? '' : ` in ${chain.netns}`}`,
  // Of a built-in chain our jumps go, and nothing else (render/iptables.ts).
  isOurs: (chain) => isOurChain(chain) || ourRules(chain).length > 0,
  compare: (desired, observed) => compareFields([['rules', printRules(desired), printRules(observed)]]),
}

/** New jumps go to the end of a built-in chain (render/iptables.ts), and each names a device or chain of its own: their order says nothing. */
function printRules(chain: IptablesChain): string {
  const rules = ourRules(chain)
  return (isOurChain(chain) ? rules : [...rules].sort()).join('\n')
}
