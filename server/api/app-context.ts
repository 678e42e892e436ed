// What the process has once, for all requests. Made by context.ts, or by a test; request-context.ts adds who asks.

import type { Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import type { Logger } from '@/server/effects/log/logger'
import type { IdSource } from '@/server/effects/ids'
import type { Conductor } from '@/server/reconcile/conductor'

export interface AppContext {
  readonly store: Store
  readonly conductor: Conductor
  readonly clock: Clock
  readonly ids: IdSource
  readonly events: EventHub
  readonly logger: Logger
}
