// `ip -j rule` → policy rules. What a rule selects by beyond what IpRule has a field for is named in `unmodelled`, so that nobody takes
// it for a rule that says less.
//
//   {"priority":32766,"src":"all","table":"main","protocol":"kernel"}

import { z } from 'zod'
import type { IpRule } from '../../host/ip'
import { readRows } from '../json'
import type { Parsed } from '../parse-result'

const ruleRowSchema = z.looseObject({
  priority: z.number().int().nonnegative(),
  src: z.string(),
  srclen: z.number().int().optional(),
  table: z.union([z.string(), z.number().transform(String)]).default(''),
  iif: z.string().optional(),
  iifname: z.string().optional(),
  oif: z.string().optional(),
  oifname: z.string().optional(),
  dst: z.string().optional(),
  dstlen: z.number().int().optional(),
  /** Hexadecimal, as a word. */
  fwmark: z.string().optional(),
  fwmask: z.string().optional(),
  not: z.unknown().optional(),
  /** blackhole, unreachable, prohibit; the table has no meaning then. */
  action: z.string().optional(),
  suppress_prefixlen: z.number().int().optional(),
  protocol: z.string().optional(),
})

/** Says nothing about which packets it is for. */
const SILENT = new Set(['iif_detached', 'oif_detached', 'suppress_ifgroup'])
type RuleRow = z.infer<typeof ruleRowSchema>

function toRule(row: RuleRow, netns: string): IpRule {
  const [inputLink, outputLink] = [row.iif ?? row.iifname, row.oif ?? row.oifname]
  const unmodelled = Object.keys(row).filter((key) => !(key in ruleRowSchema.shape) && !SILENT.has(key))
  return {
    netns,
    priority: row.priority,
    source: prefixOf(row.src, row.srclen),
    table: row.table,
    ...(inputLink === undefined ? {} : { inputLink }),
    ...(outputLink === undefined ? {} : { outputLink }),
    ...(row.dst === undefined || row.dst === 'all' ? {} : { destination: prefixOf(row.dst, row.dstlen) }),
    ...(row.fwmark === undefined ? {} : { mark: { value: Number(row.fwmark), mask: Number(row.fwmask ?? 0xffffffff) } }),
    ...('not' in row ? { isInverted: true } : {}),
    ...(row.action === undefined ? {} : { action: row.action }),
    ...(row.suppress_prefixlen === undefined ? {} : { suppressPrefixLength: row.suppress_prefixlen }),
    ...(unmodelled.length === 0 ? {} : { unmodelled }),
  }
}

/** A host without a length gets its full one. */
function prefixOf(address: string, length: number | undefined): string {
  if (length !== undefined) return `${address}/${length}`
  return address === 'all' || address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`
}

export function readRules(rows: readonly unknown[], netns: string, section: string): Parsed<readonly IpRule[]> {
  const result = readRows(rows, section, ruleRowSchema)
  return { value: result.value.map((row) => toRule(row, netns)), unparsed: result.unparsed }
}
