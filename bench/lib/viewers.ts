// Browsers without a browser: each has a page open, holds the event stream that every page holds, and at each tick asks again what its page shows of
// the nouns concerned, as renew-queries.ts does: what is on its way is waited for and then asked once more.

import { concernedByTick, type Concerned } from '@/components/lib/concerned-by-tick'
import type { TopologyTick } from '@/server/core/api-types'
import { deferred } from '@/server/effects/ssh/deferred'
import { askAll, type Asked, subscribe } from './console-http'

interface Page {
  readonly queries: readonly Asked[]
  /** Besides the ticks. */
  readonly stream?: Asked
}

/** The shell's. */
const SHELL: Asked = { procedure: 'changes.list' }

const byPages = { direction: 'forward' } as const

/** Lists that a run changes, what it leads to, and the drawing. */
export const pagesOf = (hostId: string): readonly Page[] => [
  { queries: [SHELL, { procedure: 'overview.get' }] },
  { queries: [SHELL, { procedure: 'hosts.list' }] },
  {
    queries: [
      SHELL,
      { procedure: 'runs.list', input: byPages },
      { procedure: 'revisions.list', input: byPages },
      { procedure: 'operations.list' },
    ],
  },
  { queries: [SHELL, { procedure: 'hosts.get', input: { id: hostId } }, { procedure: 'topology.get' }] },
  { queries: [SHELL, { procedure: 'topology.get' }] },
  { queries: [SHELL, { procedure: 'trunks.list' }, { procedure: 'topology.get' }] },
]

export const pageOfRun = (runId: string): Page => ({
  queries: [SHELL, { procedure: 'runs.get', input: { id: runId } }],
  stream: { procedure: 'runs.watch', input: { runId } },
})

export interface Request {
  /** By performance.now. */
  readonly startedAt: number
  readonly tookMs: number
}

interface Viewers {
  /** Each of them has what its page shows, and hears of news. */
  readonly ready: Promise<unknown>
  /** Waits for what is on its way, and gives all that was asked. */
  readonly close: () => Promise<readonly Request[]>
}

export function openViewers(url: string, pages: readonly Page[], count: number): Viewers {
  const viewers = Array.from({ length: count }, (_, index) => openViewer(url, pages[index % pages.length]!))
  return {
    ready: Promise.all(viewers.map(({ ready }) => ready)),
    close: async () => (await Promise.all(viewers.map(({ close }) => close()))).flat(),
  }
}

function openViewer(url: string, { queries, stream }: Page) {
  const leaving = new AbortController()
  const requests: Request[] = []
  const underway = new Map<Asked, Promise<void>>()
  const askedAnew = new Set<Asked>()

  async function ask(due: readonly Asked[]): Promise<void> {
    if (due.length === 0) return
    const startedAt = performance.now()
    const answered = askAll(url, due)
    for (const each of due) underway.set(each, answered)
    await answered
    requests.push({ startedAt, tookMs: performance.now() - startedAt })
    for (const each of due) underway.delete(each)
    const again = due.filter((each) => askedAnew.delete(each))
    if (!leaving.signal.aborted) await ask(again)
  }

  const works = new Set<Promise<void>>()
  function renew(names: readonly Concerned[]): void {
    const concerned = queries.filter(({ procedure }) => names.some((name) => procedure === name || procedure.startsWith(`${name}.`)))
    for (const each of concerned) if (underway.has(each)) askedAnew.add(each)
    const work = ask(concerned.filter((each) => !underway.has(each))).finally(() => works.delete(work))
    works.add(work)
  }

  const opened = deferred<void>()
  const watching = listen()
  async function listen(): Promise<void> {
    try {
      for await (const tick of subscribe<TopologyTick>(url, { procedure: 'topology.watch' }, leaving.signal)) {
        opened.resolve()
        renew(concernedByTick(tick))
      }
    } catch (error) {
      if (!leaving.signal.aborted) throw error
    }
  }
  const streaming = stream && drain(subscribe(url, stream, leaving.signal), leaving.signal)
  return {
    ready: Promise.all([ask(queries), opened.promise]),
    close: async () => {
      leaving.abort()
      await Promise.all([watching, streaming, ...works])
      return requests
    },
  }
}

async function drain(events: AsyncIterable<unknown>, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of events);
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
