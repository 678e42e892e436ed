// Which audit of a trunk is shown: the one that was heard, or the one that is stored. Pure.

import type { TrunkAudit } from '@/server/core/trunk/audit'

type Dated = Pick<TrunkAudit, 'trunkId' | 'observedAt'>

/** What was heard stays until the host was read anew; of another trunk it says nothing. */
export const newestAudit = <Audit extends Dated>(trunkId: string, heard: Audit | null, stored: Audit | undefined): Audit | undefined =>
  heard?.trunkId === trunkId && isNewer(heard, stored) ? heard : stored

const isNewer = (heard: Dated, stored: Dated | undefined): boolean =>
  !stored?.observedAt || (heard.observedAt !== null && heard.observedAt >= stored.observedAt)
