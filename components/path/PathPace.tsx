'use client'

import { Pause, Play } from 'lucide-react'

import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'
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
  const state = isPaused ? 'Paused' : live.isLive ? `Live, every ${READING_INTERVAL_S} s` : live.error ? 'No fresh counters' : 'Reading'
  return (
    <>
      <span className="hidden items-center gap-2 truncate lg:inline-flex">
        {live.readings.path.source.networkName}
        <Badge>{segmentText(live.readings.path)}</Badge>
      </span>
      <StatusMark status={live.isLive && !isPaused ? 'ok' : live.error ? 'warn' : 'unknown'} label={state} className="text-sm" />
      <Button size="sm" variant="ghost" onClick={() => onPausedChange(!isPaused)}>
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </>
  )
}

export function segmentText({ networkType, segmentationId }: Pick<Path, 'networkType' | 'segmentationId'>): string {
  const id = segmentationId ?? ''
  return { flat: 'flat', vlan: `VLAN ${id}`, vxlan: `VXLAN ${id}` }[networkType]
}
