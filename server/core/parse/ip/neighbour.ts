// `ip -j neigh` → neighbours. Without lladdr a neighbour is being asked for (INCOMPLETE) or did not answer (FAILED).
//
//   {"dst":"10.98.0.12","dev":"eth1","lladdr":"ee:01:37:de:8e:48","state":["STALE"]}

import { z } from 'zod'
import type { Neighbour, ProxiedAddress } from '../../host/learned'
import type { PermanentNeighbour } from '../../host/neighbour'
import { mapParsed, readRows } from '../json'
import type { Parsed } from '../parse-result'

const rowSchema = z.object({ dst: z.string(), dev: z.string(), lladdr: z.string().optional(), state: z.array(z.string()).default([]) })

export const readNeighbours = (rows: readonly unknown[], netns: string, section: string): Parsed<readonly Neighbour[]> =>
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

export const toPermanent = (neighbours: readonly Neighbour[]): PermanentNeighbour[] =>
  neighbours.flatMap(({ netns, link, address, macAddress, isPermanent }) =>
    isPermanent && macAddress !== null ? [{ netns, link, address, macAddress }] : [],
  )
