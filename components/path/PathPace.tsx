'use client'

import { Pause, Play } from 'lucide-react'

import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { plural } from '@/server/core/explain/words'
import type { Path } from '@/server/core/path/path'

import { READING_INTERVAL_S, type LivePath } from './use-live-path'

interface PathPaceProps {
  readonly live: LivePath
  readonly isPaused: boolean
  readonly onPausedChange: (isPaused: boolean) => void
}

/** Which network this is, whether fresh counters arrive, and the button that stops them. */
export function PathPace({ live, isPaused, onPausedChange }: PathPaceProps) {
  if (live.readings === null) return null
  const pace = paceOf(live, isPaused)
  return (
    <>
      <span className="hidden items-center gap-2 truncate lg:inline-flex">
        {live.readings.path.source.networkName}
        <Badge>{segmentText(live.readings.path)}</Badge>
      </span>
      <StatusMark status={pace.status} label={pace.label} className="text-sm" />
      <Button size="sm" variant="ghost" onClick={() => onPausedChange(!isPaused)}>
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </>
  )
}

function paceOf(live: LivePath, isPaused: boolean): { readonly status: Status; readonly label: string } {
  if (isPaused) return { status: 'unknown', label: 'Paused' }
  if (live.error) return { status: 'warn', label: 'No fresh counters' }
  if (!live.isLive) return { status: 'unknown', label: 'Reading' }
  const readings = Object.values(live.readings?.path.observedAt ?? {})
  const unread = readings.filter((at) => at === null).length
  if (unread > 0) return { status: 'warn', label: `${unread} of ${plural(readings.length, 'host')} not read` }
  return { status: 'ok', label: `Live, every ${READING_INTERVAL_S} s` }
}

export function segmentText({ networkType, segmentationId }: Pick<Path, 'networkType' | 'segmentationId'>): string {
  const id = segmentationId ?? ''
  return { flat: 'flat', vlan: `VLAN ${id}`, vxlan: `VXLAN ${id}` }[networkType]
}
