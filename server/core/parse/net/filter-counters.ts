// `iptables-save -c` and `ebtables-nft-save -c` → what each rule that ends a packet, and each policy that does, has counted.
//
//   *filter
//   :FORWARD DROP [7:588]
//   [5:420] -A FORWARD -m physdev --physdev-out tap9f9c98cb-13 --physdev-is-bridged -j DROP

import { isFallback, leadsToFallback } from '../../host/group-chain'
import { isOurChain } from '../../host/iptables'
import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface FilterCounter {
  readonly family: 'ipv4' | 'bridge'
  readonly table: string
  readonly chain: string
  /** From 1, as `iptables -L --line-numbers` counts; null: the policy of the chain. */
  readonly position: number | null
  /** Without `-A chain`; `policy DROP`. */
  readonly text: string
  readonly packets: number
  readonly isOurs: boolean
}

const TABLE = /^\*([a-z]+)$/
const CHAIN = /^:(\S+) (\S+)(?: \[(\d+):\d+\])?$/
const RULE = /^\[(\d+):\d+\] -A (\S+)(?: (.*))?$/
/** REJECT answers with an error, and the packet goes no further either. */
const ENDS_PACKET = /(?:^| )-j (?:DROP|REJECT)\b/

export function parseFilterCounters(text: string, family: FilterCounter['family'], section = 'filters'): Parsed<readonly FilterCounter[]> {
  const counters: FilterCounter[] = []
  const lengths = new Map<string, number>()
  let table = ''
  const add = (chain: string, position: number | null, rule: string, packets: string) =>
    counters.push({ family, table, chain, position, text: rule, packets: Number(packets), isOurs: isOurChain({ table, chain }) })
  return takeLines<readonly FilterCounter[]>(text, section, counters, (raw) => {
    const line = raw.trimEnd()
    table = TABLE.exec(line)?.[1] ?? table
    const [, chain, policy, counted = '0'] = CHAIN.exec(line) ?? []
    if (chain && policy === 'DROP') add(chain, null, 'policy DROP', counted)
    const [, packets, owner, rule = ''] = RULE.exec(line) ?? []
    if (packets !== undefined && owner !== undefined) {
      const position = (lengths.get(`${table} ${owner}`) ?? 0) + 1
      lengths.set(`${table} ${owner}`, position)
      if (endsPacket(owner, rule)) add(owner, position, rule, packets)
    }
    return chain !== undefined || packets !== undefined || /^(?:#|\*|COMMIT$|$)/.test(line)
  })
}

/** What drops for the security groups of all ports counts all of them; the rule that leads there counts those of one. */
const endsPacket = (chain: string, rule: string): boolean => leadsToFallback(rule) || (ENDS_PACKET.test(rule) && !isFallback(chain))

export const filterKey = ({ family, table, chain, position, text }: FilterCounter): string =>
  [family, table, chain, position ?? 'policy', text].join(' ')
