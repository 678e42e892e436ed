// In-process publish and subscribe: what the browser's subscriptions listen to. Nothing is kept here; whoever needs the
// past replays the journal first (watch-journal.ts).

import type { VerificationEvent } from '@/server/core/path/verification'
import type { RunEvent } from '@/server/core/plan/run'

export type AppEvent =
  | { readonly type: 'design'; readonly version: number }
  | { readonly type: 'observation'; readonly hostId: string; readonly observedAt: string }
  | { readonly type: 'run'; readonly event: RunEvent }
  | { readonly type: 'verification'; readonly event: VerificationEvent }

export type AppEventOf<Type extends AppEvent['type']> = Extract<AppEvent, { type: Type }>

export interface EventHub {
  publish(event: AppEvent): void
  /**
   * Listening starts with the call, not with the first iteration, so nothing published in between is lost. Ends when the
   * signal aborts.
   */
  subscribe<Type extends AppEvent['type']>(
    types: readonly Type[],
    signal: AbortSignal,
  ): AsyncIterable<AppEventOf<Type>>
}
