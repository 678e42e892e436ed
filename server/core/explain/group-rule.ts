// What a rule of a port's security groups did, in words: said of a walk that it ends and of packets that it counted. Without a full stop.

import { groupChainOf, leadsToFallback } from '../host/group-chain'

export interface GroupRule {
  readonly chain: string
  readonly text: string
  /** What people call the port, and names of its groups; null and '' where nobody knows. */
  readonly port: string | null
  readonly groups: string
}

/** null: of no security group. */
export function groupRuleWords({ chain, text, port, groups }: GroupRule): string | null {
  const kind = groupChainOf(chain)?.kind
  if (kind === undefined) return null
  const whose = port ?? 'a port'
  if (kind === 'source') return `${whose} may send from its own MAC and addresses only`
  const of = `security group of ${whose}${groups === '' ? '' : ` (${groups})`}`
  if (!leadsToFallback(text)) return `the ${of} drops ${/--(?:ct)?state INVALID/.test(text) ? 'what belongs to no connection' : 'them'}`
  return `no rule of a ${of} lets them ${kind === 'ingress' ? 'in' : 'out'}`
}
