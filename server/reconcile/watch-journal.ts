// A journal followed live: first everything after `afterSeq`, then what comes, in order and without gaps or repeats, until
// the event that ends it. The journal is the truth: what this process hears is only sooner than the next look at it, and what
// another process writes is seen by that look.

import { setTimeout as sleep } from 'node:timers/promises'
import { LOOK_MS } from '@/server/core/operation/lease'

export interface JournalSource<Live, Event> {
  readonly list: (afterSeq: number) => Promise<readonly Event[]>
  /** Called before the journal is read, so that nothing falls between. Ends when the signal aborts. */
  readonly live: () => AsyncIterable<Live>
}

interface JournalEvent {
  readonly seq: number
  readonly type: string
}

export async function* watchJournal<Live, Event extends JournalEvent>(
  source: JournalSource<Live, Event>,
  pick: (live: Live) => Event | null,
  afterSeq: number,
  { signal, lookMs = LOOK_MS }: { readonly signal: AbortSignal; readonly lookMs?: number | undefined },
): AsyncIterable<Event> {
  const live = source.live()[Symbol.asyncIterator]()
  let last = afterSeq
  let heard = live.next()
  try {
    while (!signal.aborted) {
      for (const event of await source.list(last)) {
        last = event.seq
        yield event
        if (event.type === 'finished') return
      }
      for await (const event of untilNextLook()) {
        last = event.seq
        yield event
        if (event.type === 'finished') return
      }
    }
  } finally {
    await live.return?.()
  }

  /** What is heard and follows on what is known. One that does not is read in the journal, with what is between. */
  async function* untilNextLook(): AsyncIterable<Event> {
    const over = new AbortController()
    const look = sleep(lookMs, 'look' as const, { signal: over.signal }).catch(() => 'look' as const)
    try {
      for (;;) {
        const item = await Promise.race([heard, look])
        if (item === 'look' || item.done) return
        heard = live.next()
        const event = pick(item.value)
        if (!event || event.seq <= last) continue
        if (event.seq !== last + 1) return
        yield event
      }
    } finally {
      over.abort()
    }
  }
}
