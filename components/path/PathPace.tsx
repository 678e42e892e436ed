'use client'

import { Pause, Play } from 'lucide-react'

import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'
import { useNow } from '@/components/ui/use-now'
import type { Path } from '@/server/core/path/path'

import { paceOf } from './pace'
import type { LivePath } from './use-live-path'

interface PathPaceProps {
  readonly live: LivePath
  readonly isPaused: boolean
  readonly onPausedChange: (isPaused: boolean) => void
}

/** Which network this is, whether fresh counters arrive, and the button that stops them. */
export function PathPace({ live, isPaused, onPausedChange }: PathPaceProps) {
  const now = useNow()
  if (live.readings === null || now === null) return null
  const pace = paceOf({ hosts: live.readings.path.hosts, isPaused, isLive: live.isLive, hasFailed: Boolean(live.error), now })
  return (
    <>
      <span className="hidden items-center gap-2 truncate lg:inline-flex">
        {live.readings.path.source.networkName}
        <Badge>{segmentText(live.readings.path)}</Badge>
      </span>
      <span title={pace.detail} className="min-w-0 truncate">
        <StatusMark status={pace.status} label={pace.label} className="text-sm" />
      </span>
      <Button size="sm" variant="ghost" onClick={() => onPausedChange(!isPaused)}>
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </>
  )
}

function segmentText({ networkType, segmentationId }: Pick<Path, 'networkType' | 'segmentationId'>): string {
  const id = segmentationId ?? ''
  return { flat: 'flat', vlan: `VLAN ${id}`, vxlan: `VXLAN ${id}` }[networkType]
}
