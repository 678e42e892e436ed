// What another process does to the database, told to whoever watches here. A process hears its own edits, runs and readings at once;
// for the rest one row is looked at once a second (core/operation/lease.ts), and a difference that is none of its own is one hint, `elsewhere`:
// what is shown may be old. A hint too many, where the row is read between an own edit and its event, costs a page one question more.

import { LOOK_MS } from '@/server/core/operation/lease'
import type { AppEventOf, EventHub } from '../events'
import type { Logger } from '../log/logger'
import type { Database, Tx } from './database'
import { type DesignMarks, readMarks } from './design-rows'
import type { OthersWatch } from './store'

interface Deps {
  readonly database: Pick<Database, 'readAtOnce'>
  readonly events: EventHub
  readonly logger: Logger
  /** This process, as its operations name it. */
  readonly holder: string
}

interface Marks extends DesignMarks {
  /** The latest operations of other processes, and how far each is. */
  readonly operations: string
}

export function watchOthers({ database, events, logger, holder }: Deps, lookMs = LOOK_MS): OthersWatch {
  const over = new AbortController()
  let known: Marks | null = null
  void rememberOwn()
  let timer = setTimeout(() => void look(), 0).unref()

  /** Only what follows on what is known: between two own edits somebody else's may stand. */
  async function rememberOwn(): Promise<void> {
    for await (const event of events.subscribe(['design', 'revision'], over.signal)) if (known) known = withOwn(known, event)
  }

  async function look(): Promise<void> {
    try {
      const now = await database.readAtOnce((tx) => readAll(tx, holder))
      if (known && isNewer(now, known)) events.publish({ type: 'elsewhere' })
      known = known ? latest(now, known) : now
    } catch (error) {
      logger.debug('What other processes wrote could not be looked at.', { err: error })
    }
    if (!over.signal.aborted) timer = setTimeout(() => void look(), lookMs).unref()
  }

  return {
    close: () => {
      over.abort()
      clearTimeout(timer)
    },
  }
}

function withOwn(known: Marks, event: AppEventOf<'design' | 'revision'>): Marks {
  if (event.type === 'revision') return event.number === known.revision + 1 ? { ...known, revision: event.number } : known
  return event.version === known.version + 1 ? { ...known, version: event.version } : known
}

const isNewer = (now: Marks, known: Marks): boolean =>
  now.version > known.version || now.revision > known.revision || now.operations !== known.operations

/** Own edits may have been heard of while the row was read. */
const latest = (now: Marks, known: Marks): Marks => ({
  version: Math.max(now.version, known.version),
  revision: Math.max(now.revision, known.revision),
  operations: now.operations,
})

/** More than begin or end between two looks. */
const LATEST = 50

async function readAll(tx: Tx, holder: string): Promise<Marks> {
  const operations = await tx.operationRecord.findMany({
    select: { number: true, state: true },
    where: { holder: { not: holder } },
    orderBy: { number: 'desc' },
    take: LATEST,
  })
  return { ...(await readMarks(tx)), operations: operations.map(({ number, state }) => `${number} ${state}`).join() }
}
