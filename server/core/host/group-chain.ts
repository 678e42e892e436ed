// Chains of one port's security groups, ours and those of Neutron's agents: told by their names, which hold the beginning of the port's id
// (docs/reference/security-groups.md).

/** `ingress`: to the VM. `source`: which addresses it may send from. */
export type GroupChainKind = 'ingress' | 'egress' | 'source'

export interface GroupChain {
  readonly kind: GroupChainKind
  /** The first characters of the port's id. */
  readonly portDigits: string
}

const PREFIX = String.raw`(?:tapline|neutron-openvswi|neutron-linuxbri)-`
const CHAIN = new RegExp(`^${PREFIX}([ios])([0-9a-f-]{10})$`)
const KINDS: Readonly<Record<string, GroupChainKind>> = { i: 'ingress', o: 'egress', s: 'source' }

export function groupChainOf(chain: string): GroupChain | null {
  const [, letter = '', portDigits = ''] = CHAIN.exec(chain) ?? []
  const kind = KINDS[letter]
  return kind ? { kind, portDigits } : null
}

/** One chain for all ports drops what no rule of any of them lets pass; who jumped there says whose packet it was. */
export const isFallback = (chain: string): boolean => new RegExp(`^${PREFIX}sg-fallback$`).test(chain)
export const leadsToFallback = (rule: string): boolean => new RegExp(` ?-j ${PREFIX}sg-fallback$`).test(rule)
