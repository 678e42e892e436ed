import type { Status } from '@/components/ui/status'
import { hostHealthLabel } from '@/server/core/explain/host-health'
import type { HostHealth, HostHealthStatus } from '@/server/core/host/host-health'

const STATUSES: Record<HostHealthStatus, Status> = {
  reachable: 'ok',
  unreachable: 'bad',
  unreadable: 'bad',
  // The host is there; what refuses it is ours to mend.
  untrusted: 'warn',
  login_refused: 'warn',
  sudo_refused: 'warn',
  unknown: 'unknown',
}

/** How a host's reachability looks, everywhere. */
export const healthMark = (health: HostHealth): { readonly status: Status; readonly label: string } => ({
  status: STATUSES[health.status],
  label: hostHealthLabel(health),
})

/** Readings older than this are shown as old news. */
export const STALE_READING_S = 300
