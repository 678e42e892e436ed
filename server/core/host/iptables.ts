// iptables chains of every namespace, from iptables-save. A chain of ours starts with CHAIN_PREFIX; a rule in a built-in
// chain is ours when it jumps to such a chain. Nothing else is ever touched.

export const CHAIN_PREFIX = 'tapline-'

export interface IptablesChain {
  readonly netns: string
  /** `bridge` is what frames meet inside a Linux bridge (ebtables). */
  readonly family: 'ipv4' | 'ipv6' | 'bridge'
  readonly table: string // filter, nat, mangle, raw
  readonly chain: string
  /** Policy of a built-in chain; null for user chains. */
  readonly policy: string | null
  /** Rules without the leading `-A chain`, in order. For a built-in chain of a desired state: only our jumps. */
  readonly rules: readonly string[]
}

export const chainKey = (chain: IptablesChain): string => `${chain.netns}/${chain.family}/${chain.table}/${chain.chain}`
export const isOurChain = (chain: Pick<IptablesChain, 'chain'>): boolean => chain.chain.startsWith(CHAIN_PREFIX)
