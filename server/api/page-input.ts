// Which page of a long list is asked for; `cursor` is `nextCursor` of the page before, and left out for the first.

import { z } from 'zod'
import { MAX_PAGE_SIZE, PAGE_SIZE, type TimeCursor } from '@/server/core/paging'
import { idInput } from '@/server/core/topology/input-shapes'

const pageOf = <Cursor>(cursor: z.ZodType<Cursor>) =>
  z.object({ limit: z.int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE), cursor: cursor.nullable().default(null) })

const timeCursor: z.ZodType<TimeCursor> = z.object({ startedAt: z.iso.datetime(), id: idInput })

export const pageByTime = pageOf(timeCursor)
export const pageByNumber = pageOf(z.int().min(1))
