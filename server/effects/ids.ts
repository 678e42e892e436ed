// The only place that draws randomness.

import { randomBytes, randomUUID } from 'node:crypto'
import type { IdSource } from '@/server/core/topology/id-source'

export type { IdSource }

export const systemIds: IdSource = {
  uuid: () => randomUUID(),
  bytes: (count) => new Uint8Array(randomBytes(count)),
}
