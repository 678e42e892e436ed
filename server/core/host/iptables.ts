// Chains of netfilter of every namespace, from iptables-save, and from nft those that iptables does not show. A chain of ours starts with
// CHAIN_PREFIX; a rule in a built-in chain is ours when it jumps to such a chain. Nothing else is ever touched, and of nft's nothing is ours.

export const CHAIN_PREFIX = 'tapline-'

export interface IptablesChain {
  readonly netns: string
  /** `bridge` is what frames meet inside a Linux bridge (ebtables). */
  readonly family: 'ipv4' | 'ipv6' | 'bridge'
  /** filter, nat, mangle, raw; of nft its family and name, `inet fw`. */
  readonly table: string
  readonly chain: string
  /** Policy of a built-in or base chain; null for user chains. */
  readonly policy: string | null
  /** Rules without the leading `-A chain`, in order. For a built-in chain of a desired state: only our jumps. */
  readonly rules: readonly string[]
  /** A base chain of nft is at the hook that it says, among others by its priority; a built-in chain of iptables has its hook for a name. */
  readonly base?: BaseChain
}

export interface BaseChain {
  readonly hook: string
  readonly priority: number
  readonly isNat: boolean
}

export const chainKey = (chain: IptablesChain): string => `${chain.netns}/${chain.family}/${chain.table}/${chain.chain}`
export const isOfNft = ({ table }: Pick<IptablesChain, 'table'>): boolean => table.includes(' ')
export const isOurChain = (chain: Pick<IptablesChain, 'table' | 'chain'>): boolean =>
  chain.chain.startsWith(CHAIN_PREFIX) && !isOfNft(chain)
