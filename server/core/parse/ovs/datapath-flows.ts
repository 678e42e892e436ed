// `ovs-appctl dpctl/dump-flows [-m]` → what the datapath has cached: exact keys, counters, final actions.
//
//   recirc_id(0),in_port(qvof4513237-f5),eth(src=fa:16:3e:5e:1a:6f,dst=ff:ff:ff:ff:ff:ff),eth_type(0x0806), packets:2, bytes:84,
//   used:1.087s, actions:push_vlan(vid=1,pcp=0),br-int
//
// Same tokenizer as OpenFlow text, other dictionary (lib/odp-util.c of Open vSwitch).

import { failed, parsed, parseEach, type Parsed, type ParseResult } from '../parse-result'
import { textLines } from '../lines'
import { readTerm, type Term } from '../openflow/tokenize'

export interface DatapathFlow {
  readonly ufid: string | null
  /** Key → text between its brackets, e.g. `in_port` → `qvof4513237-f5`. */
  readonly key: ReadonlyMap<string, string>
  readonly packets: number
  readonly bytes: number
  /** Seconds since the last packet; null is never. */
  readonly usedS: number | null
  /** TCP flags seen. */
  readonly flags: string
  readonly actions: string
}

const keys = new Set([
  'recirc_id', 'dp_hash', 'skb_priority', 'skb_mark', 'tunnel', 'in_port', 'eth', 'eth_type', 'vlan', 'encap', 'mpls', 'ipv4', 'ipv6', 'arp',
  'nd', 'nd_ext', 'tcp', 'tcp_flags', 'udp', 'sctp', 'icmp', 'icmpv6', 'packet_type', 'ct_state', 'ct_zone', 'ct_mark', 'ct_label', 'ct_tuple4',
  'ct_tuple6', 'nsh',
]) // prettier-ignore
const settings = new Set(['ufid', 'packets', 'bytes', 'used', 'flags', 'dp', 'offloaded'])
const HEADING = /^flow-dump from (?:the main thread|(?:non-dpdk interfaces|pmd on cpu core: \d+)):$/

export function parseDatapathFlows(text: string, section = 'dpctl/dump-flows'): Parsed<readonly DatapathFlow[]> {
  return parseEach(
    textLines(text).filter((line) => !HEADING.test(line)),
    section,
    parseDatapathFlow,
  )
}

export function parseDatapathFlow(line: string): ParseResult<DatapathFlow> {
  const key = new Map<string, string>()
  const found = new Map<string, string>()
  for (let position = 0; ;) {
    const term = readTerm(line, position)
    if (!term.ok) return term
    if (term.value === null) return failed({ code: 'no-actions', params: {} }, line)
    if (term.value.key === 'actions' && term.value.delimiter === ':') return finish(line.slice(term.value.valueSpan.start), key, found)
    const failure = sortTerm(term.value, key, found)
    if (failure) return failure
    position = term.value.span.end
  }
}

function sortTerm(term: Term, key: Map<string, string>, found: Map<string, string>): ReturnType<typeof failed> | null {
  if (term.delimiter === '(' && keys.has(term.key)) key.set(term.key, term.value)
  else if (term.delimiter === ':' && settings.has(term.key)) found.set(term.key, term.value)
  else return failed({ code: 'unknown-key', params: { key: term.key } }, term.text, term.span)
  return null
}

/** Behind the actions stands, on newer switches, `dp-extra-info:miniflow_bits(5,1)`. */
function finish(rest: string, key: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): ParseResult<DatapathFlow> {
  const used = /^(\d+(?:\.\d+)?)s$/.exec(found.get('used') ?? '')?.[1]
  return parsed({
    ufid: found.get('ufid') ?? null,
    key,
    packets: Number(found.get('packets') ?? 0),
    bytes: Number(found.get('bytes') ?? 0),
    usedS: used === undefined ? null : Number(used),
    flags: found.get('flags') ?? '',
    actions: rest.replace(/, dp-extra-info:.*$/, ''),
  })
}
