// A journal followed live: first everything after `afterSeq`, then what comes, in order and without gaps or repeats, until
// the event that ends it.

export interface JournalSource<Live, Event> {
  readonly list: (afterSeq: number) => Promise<readonly Event[]>
  /** Called before the journal is read, so that nothing falls between. */
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
): AsyncIterable<Event> {
  const live = source.live()
  let last = afterSeq
  for (const event of await source.list(afterSeq)) {
    last = event.seq
    yield event
    if (event.type === 'finished') return
  }
  for await (const item of live) {
    const event = pick(item)
    if (!event || event.seq <= last) continue
    last = event.seq
    yield event
    if (event.type === 'finished') return
  }
}
