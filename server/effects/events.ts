// In-process publish and subscribe: what the browser's subscriptions listen to. Nothing is kept here; whoever needs the
// past replays the journal first (reconcile/watch-journal.ts).

import { setTimeout as sleep } from 'node:timers/promises'
import type { NewsMark } from '@/server/core/news'
import type { VerificationEvent } from '@/server/core/path/verification'
import type { RunEvent } from '@/server/core/plan/run'
import type { Touched } from '@/server/core/topology/touched'
import { systemIds } from './ids'
import { onAbort } from './on-abort'

export type AppEvent =
  | { readonly type: 'design'; readonly version: number; readonly touched: Touched }
  /** One was recorded. */
  | { readonly type: 'revision'; readonly number: number }
  /** Another process wrote something that this one did not hear of (db/watch-others.ts). */
  | { readonly type: 'elsewhere' }
  | { readonly type: 'observation'; readonly hostId: string; readonly observedAt: string }
  | { readonly type: 'run'; readonly event: RunEvent }
  | { readonly type: 'verification'; readonly event: VerificationEvent }
  /** One was asked for, began, is to end or has ended. */
  | { readonly type: 'operation' }

export type AppEventOf<Type extends AppEvent['type']> = Extract<AppEvent, { type: Type }>

export interface EventHub {
  publish(event: AppEvent): void
  /** How much was published so far. What is read behind this call is at least as new. */
  mark(): NewsMark
  /**
   * Listening starts with the call, not with the first iteration, so nothing published in between is lost. Ends when the
   * signal aborts or the loop is left.
   */
  subscribe<Type extends AppEvent['type']>(types: readonly Type[], signal: AbortSignal): AsyncIterable<AppEventOf<Type>>
  /** The same in bursts: what comes after silence at once, what comes within a pause after it together. Nothing is left out. */
  gather<Type extends AppEvent['type']>(
    types: readonly Type[],
    pauseMs: number,
    signal: AbortSignal,
  ): AsyncIterable<Burst<AppEventOf<Type>>>
}

type Burst<Event> = readonly [Event, ...Event[]]

type Listener = (event: AppEvent) => void

export function createEventHub(): EventHub {
  const listeners = new Set<Listener>()
  const source = systemIds.uuid()
  let count = 0

  function listen<Type extends AppEvent['type']>(types: readonly Type[], signal: AbortSignal): Mailbox<AppEventOf<Type>> {
    const isWanted = (event: AppEvent): event is AppEventOf<Type> => types.some((type) => type === event.type)
    let forget = () => {}
    const mailbox = openMailbox<AppEventOf<Type>>(() => {
      listeners.delete(listener)
      forget()
    })
    const listener: Listener = (event) => void (isWanted(event) && mailbox.put(event))
    listeners.add(listener)
    if (signal.aborted) mailbox.close()
    else forget = onAbort(signal, mailbox.close)
    return mailbox
  }

  return {
    publish: (event) => {
      count += 1
      for (const listener of listeners) listener(event)
    },
    mark: () => ({ source, count }),
    subscribe: (types, signal) => {
      const mailbox = listen(types, signal)
      return { [Symbol.asyncIterator]: () => mailbox }
    },
    gather: (types, pauseMs, signal) => inBursts(listen(types, signal), pauseMs, signal),
  }
}

async function* inBursts<Item>(mailbox: Mailbox<Item>, pauseMs: number, signal: AbortSignal): AsyncGenerator<Burst<Item>> {
  try {
    for (let first = await mailbox.next(); !first.done; first = await mailbox.next()) {
      yield [first.value, ...mailbox.takeWaiting()]
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
  } finally {
    await mailbox.return()
  }
}

interface Mailbox<Item> extends AsyncIterator<Item, undefined> {
  put(item: Item): void
  takeWaiting(): readonly Item[]
  close(): void
  return(): Promise<IteratorReturnResult<undefined>>
}

/** What arrives while the reader is busy waits its turn. Unbounded: events are small, and readers only forward them. */
function openMailbox<Item>(onClose: () => void): Mailbox<Item> {
  const waiting: Item[] = []
  let wake: (() => void) | null = null
  let isClosed = false
  const close = () => {
    isClosed = true
    onClose()
    wake?.()
  }
  return {
    put: (item) => {
      waiting.push(item)
      wake?.()
    },
    takeWaiting: () => waiting.splice(0),
    close,
    next: async () => {
      while (waiting.length === 0 && !isClosed) await new Promise<void>((resolve) => (wake = resolve))
      const item = isClosed ? undefined : waiting.shift()
      return item === undefined ? { done: true, value: undefined } : { done: false, value: item }
    },
    return: async () => {
      close()
      return { done: true, value: undefined }
    },
  }
}
