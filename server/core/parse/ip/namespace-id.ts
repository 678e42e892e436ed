// Ids under which one namespace knows others: `ip -j netns list-id`. A veth end names the namespace of its peer by such an id only.
//
//   [{"nsid":0,"name":"qdhcp-0b5e…"},{"nsid":1}]

import { z } from 'zod'

export const namespaceIdRowSchema = z
  .object({ nsid: z.number().int(), name: z.string().optional() })
  .transform((row): NamespaceId => ({ name: row.name ?? null, nsid: row.nsid }))

export interface NamespaceId {
  /** Null where /run/netns holds no name for it: a container, or the root namespace seen from another. */
  readonly name: string | null
  readonly nsid: number
}
