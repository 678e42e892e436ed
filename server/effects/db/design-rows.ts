// The rows of the design beside its objects: its version, and the last revision.

import { completeTopology, emptyTopology } from '@/server/core/topology/complete-topology'
import type { Tx } from './database'
import { readJson } from './json'
import type { Design } from './store'

/** DesignState has one row. */
const DESIGN = 'design'

/** What tells one design from another, whoever wrote it. */
export interface DesignMarks {
  readonly version: number
  /** Number of the last revision. */
  readonly revision: number
}

type MarksRow = { readonly [Mark in keyof DesignMarks]: number | bigint | null }

/** One statement, for every read of the design asks. */
export async function readMarks(db: Tx): Promise<DesignMarks> {
  const [row] = await db.$queryRaw<MarksRow[]>`
    SELECT (SELECT "version" FROM "DesignState" WHERE "id" = ${DESIGN}) AS "version", (SELECT MAX("number") FROM "Revision") AS "revision"`
  return { version: Number(row?.version ?? 0), revision: Number(row?.revision ?? 0) }
}

export async function bumpVersion(tx: Tx): Promise<number> {
  const { version } = await tx.designState.upsert({
    where: { id: DESIGN },
    create: { id: DESIGN, version: 1 },
    update: { version: { increment: 1 } },
  })
  return version
}

export async function loadBase(db: Tx): Promise<Design['base']> {
  const latest = await db.revision.findFirst({ select: { number: true, topologyJson: true }, orderBy: { number: 'desc' } })
  return latest
    ? { number: latest.number, topology: completeTopology(readJson(latest.topologyJson)) }
    : { number: 0, topology: emptyTopology }
}
