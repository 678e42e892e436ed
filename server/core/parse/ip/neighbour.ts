// `ip -j neigh` → neighbours. Without lladdr a neighbour is being asked for (INCOMPLETE) or did not answer (FAILED).
//
//   {"dst":"10.98.0.12","dev":"eth1","lladdr":"ee:01:37:de:8e:48","state":["STALE"]}

import { z } from 'zod'
import type { Neighbour as LearnedNeighbour, ProxiedAddress } from '../../host/learned'
import type { PermanentNeighbour } from '../../host/neighbour'
import { mapParsed, parseRows, readRows } from '../json'
import type { Parsed } from '../parse-result'

export interface Neighbour {
  readonly ipAddress: string
  readonly link: string
  readonly macAddress: string | null
  readonly state: string
}

const rowSchema = z.object({ dst: z.string(), dev: z.string(), lladdr: z.string().optional(), state: z.array(z.string()).default([]) })

export const readNeighbours = (rows: readonly unknown[], netns: string, section: string): Parsed<readonly LearnedNeighbour[]> =>
  mapParsed(readRows(rows, section, rowSchema), (entries) =>
    entries.map(({ dst, dev, lladdr, state }) => ({
      netns,
      link: dev,
      address: dst,
      macAddress: lladdr ?? null,
      isPermanent: state.includes('PERMANENT'),
    })),
  )

const proxiedSchema = rowSchema.pick({ dst: true, dev: true })

export const readProxied = (rows: readonly unknown[], netns: string, section: string): Parsed<readonly ProxiedAddress[]> =>
  mapParsed(readRows(rows, section, proxiedSchema), (entries) => entries.map(({ dst, dev }) => ({ netns, link: dev, address: dst })))

export const toPermanent = (neighbours: readonly LearnedNeighbour[]): PermanentNeighbour[] =>
  neighbours.flatMap(({ netns, link, address, macAddress, isPermanent }) =>
    isPermanent && macAddress !== null ? [{ netns, link, address, macAddress }] : [],
  )

export function parseNeighbours(text: string, section = 'ip neigh'): Parsed<readonly Neighbour[]> {
  return mapParsed(parseRows(text, section, rowSchema), (rows) =>
    rows.map((row) => ({ ipAddress: row.dst, link: row.dev, macAddress: row.lladdr ?? null, state: row.state.join(' ') })),
  )
}
