import type { HostHealth } from '@/server/core/api-types'

import type { Status } from '@/components/ui/status'

interface HealthMark {
  readonly status: Status
  readonly label: string
}

const marks: Record<HostHealth['status'], HealthMark> = {
  reachable: { status: 'ok', label: 'Reachable' },
  unreachable: { status: 'bad', label: 'Unreachable' },
  // Its key is not the accepted one, or it refused our login: the message says which.
  untrusted: { status: 'warn', label: 'Access refused' },
  unknown: { status: 'unknown', label: 'Not read yet' },
}

/** How a host's reachability looks, everywhere. After a start of the console, old readings are there but nobody looked yet. */
export function healthMark({ status, observedAt }: HostHealth): HealthMark {
  return status === 'unknown' && observedAt !== null ? { status, label: 'Not checked' } : marks[status]
}

/** Readings older than this are shown as old news. */
export const STALE_READING_S = 300
