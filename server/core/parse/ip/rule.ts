// `ip -j rule` → policy rules. A rule that selects by something IpRule has no word for (mark, destination, device out, …)
// is not bent into one: it is Unparsed, so that the console shows it as it is.
//
//   {"priority":32766,"src":"all","table":"main","protocol":"kernel"}

import { z } from 'zod'
import type { IpRule } from '../../host/ip'
import { readRows } from '../json'
import { unparsed, type Parsed } from '../parse-result'
import { parseJson } from '../json'

export const ruleRowSchema = z.strictObject({
  priority: z.number().int().nonnegative(),
  src: z.string(),
  srclen: z.number().int().optional(),
  table: z.union([z.string(), z.number().transform(String)]),
  iif: z.string().optional(),
  iifname: z.string().optional(),
  protocol: z.string().optional(),
})
type RuleRow = z.infer<typeof ruleRowSchema>

function toRule(row: RuleRow, netns: string): IpRule {
  const isHost = row.src !== 'all' && row.srclen === undefined && !row.src.includes('/')
  const length = isHost ? (row.src.includes(':') ? 128 : 32) : row.srclen
  const inputLink = row.iif ?? row.iifname
  return {
    netns,
    priority: row.priority,
    source: length === undefined ? row.src : `${row.src}/${length}`,
    table: row.table,
    ...(inputLink === undefined ? {} : { inputLink }),
  }
}

export function readRules(rows: readonly unknown[], netns: string, section: string): Parsed<readonly IpRule[]> {
  const result = readRows(rows, section, ruleRowSchema)
  return { value: result.value.map((row) => toRule(row, netns)), unparsed: result.unparsed }
}

export function parseRules(text: string, netns = '', section = 'ip rule'): Parsed<readonly IpRule[]> {
  const json = parseJson(text.trim() === '' ? '[]' : text)
  if (json.ok && Array.isArray(json.value)) return readRules(json.value, netns, section)
  return { value: [], unparsed: [unparsed(section, text, 'Not a list of rules')] }
}
