// Resuming and ending a subscription: the browser sends back the id of the last event it got, which is the event's `seq`.

import { z } from 'zod'

export const resumeInput = { lastEventId: z.string().max(32).nullish() }

/** -1 (everything) when there is none or it is not one of ours. */
export function parseLastEventId({ lastEventId }: { readonly lastEventId?: string | null | undefined }): number {
  return /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : -1
}

const never = new AbortController().signal

/** tRPC gives a signal to every subscription over HTTP; direct callers may come without. */
export const untilGone = (signal: AbortSignal | undefined): AbortSignal => signal ?? never
