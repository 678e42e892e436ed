// Ids under which one namespace knows others: `ip -j netns list-id` (and `list`, which has `id` instead), or their text form.
// A veth end names the namespace of its peer by such an id only.
//
//   [{"nsid":0,"name":"qdhcp-0b5e…"},{"nsid":1}]      nsid 0 (iproute2 netns name: qdhcp-0b5e…)      qdhcp-0b5e… (id: 0)

import { z } from 'zod'
import { mapParsed, parseRows } from '../json'
import { failed, notA, parseEach, parsed, type ParseResult, type Parsed } from '../parse-result'

export interface NamespaceId {
  /** Null where /run/netns holds no name for it: a container, or the root namespace seen from another. */
  readonly name: string | null
  /** Null where no id was ever given. */
  readonly nsid: number | null
}

export const namespaceIdRowSchema = z
  .object({ nsid: z.number().int().optional(), id: z.number().int().optional(), name: z.string().optional() })
  .transform((row): NamespaceId => ({ name: row.name ?? null, nsid: row.nsid ?? row.id ?? null }))

export function parseNamespaceIds(text: string, section = 'ip netns'): Parsed<readonly NamespaceId[]> {
  if (text.trim().startsWith('[')) return mapParsed(parseRows(text, section, namespaceIdRowSchema), (rows) => rows)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return parseEach(lines, section, parseLine)
}

function parseLine(line: string): ParseResult<NamespaceId> {
  const byId = /^nsid (\d{1,10})(?: \(iproute2 netns name: (\S+)\))?\s*$/.exec(line)
  if (byId) return parsed({ name: byId[2] ?? null, nsid: Number(byId[1]) })
  const byName = /^(\S+)(?: \(id: (\d{1,10})\))?$/.exec(line.trim())
  if (byName?.[1]) return parsed({ name: byName[1], nsid: byName[2] === undefined ? null : Number(byName[2]) })
  return failed(notA('namespace'), line)
}
