// How Neutron's states of a trunk look; their names are the labels.

import type { Status } from '@/components/ui/status'
import type { TrunkStatus } from '@/server/core/trunk/trunk-state'

const STATUS: Record<TrunkStatus, Status> = { DOWN: 'unknown', BUILD: 'unknown', ACTIVE: 'ok', DEGRADED: 'warn', ERROR: 'bad' }

export const trunkMark = (status: TrunkStatus): { readonly status: Status; readonly label: TrunkStatus } => ({
  status: STATUS[status],
  label: status,
})
