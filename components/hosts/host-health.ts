import type { HostHealth } from '@/server/core/api-types'

import type { Status } from '@/components/ui/status'

/** How a host's reachability looks, everywhere. */
export const healthMarks: Record<HostHealth['status'], { readonly status: Status; readonly label: string }> = {
  reachable: { status: 'ok', label: 'Reachable' },
  unreachable: { status: 'bad', label: 'Unreachable' },
  untrusted: { status: 'warn', label: 'Key not trusted' },
  unknown: { status: 'unknown', label: 'Not read yet' },
}

/** Readings older than this are shown as old news. */
export const STALE_READING_S = 300
