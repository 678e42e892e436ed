'use client'

import { useState } from 'react'

import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { Notice } from '@/components/ui/Notice'
import type { HostAccessSummary, HostHealth } from '@/server/core/api-types'

import { AcceptKeyDialog } from './AcceptKeyDialog'
import { useReadHost } from './use-read-host'

interface HostTroubleProps {
  readonly hostId: string
  readonly hostName: string
  readonly access: HostAccessSummary
  readonly health: HostHealth
}

/** Why a host is not reached or not trusted, and the way out. Nothing for a host that is well. */
export function HostTrouble({ hostId, hostName, access, health }: HostTroubleProps) {
  const [isComparing, setComparing] = useState(false)
  const reading = useReadHost()
  if (health.status === 'reachable' || health.status === 'unknown') return null
  const isUntrusted = health.status === 'untrusted'
  return (
    <>
      <Notice
        status={isUntrusted ? 'warn' : 'bad'}
        title={health.message ?? `${hostName} cannot be reached.`}
        actions={
          <>
            {isUntrusted && <Button onClick={() => setComparing(true)}>Compare the key</Button>}
            <Button isBusy={reading.isReading} onClick={() => reading.run(hostId)}>
              {reading.isReading ? 'Trying…' : 'Try again'}
            </Button>
          </>
        }
      >
        {health.observedAt && (
          <>
            What is shown was read <Age at={health.observedAt} />.
          </>
        )}
      </Notice>
      {isComparing && <AcceptKeyDialog hostId={hostId} hostName={hostName} access={access} onClose={() => setComparing(false)} />}
    </>
  )
}
