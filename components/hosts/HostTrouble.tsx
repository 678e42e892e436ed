'use client'

import Link from 'next/link'
import { useState } from 'react'

import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { Mono } from '@/components/ui/Mono'
import { Notice } from '@/components/ui/Notice'
import type { HostAccessSummary, HostHealth } from '@/server/core/api-types'
import { hostHealthNextStep, hostHealthSentence } from '@/server/core/explain/host-health'
import { isTroubled } from '@/server/core/host/host-health'

import { AcceptKeyDialog } from './AcceptKeyDialog'
import { healthMark } from './host-health'
import { useReadHost } from './use-read-host'

interface HostTroubleProps {
  readonly hostId: string
  readonly hostName: string
  readonly access: HostAccessSummary
  readonly health: HostHealth
}

/** Why a host cannot be read, and the way out of just that. Nothing for a host that is well. */
export function HostTrouble({ hostId, hostName, access, health }: HostTroubleProps) {
  const [isComparing, setComparing] = useState(false)
  const reading = useReadHost()
  if (!isTroubled(health)) return null
  const isLoginWrong = health.status === 'login_refused' || health.status === 'sudo_refused'
  return (
    <>
      <Notice
        status={healthMark(health).status}
        title={hostHealthSentence(hostName, health)}
        actions={
          <>
            {health.status === 'untrusted' && <Button onClick={() => setComparing(true)}>Compare the key</Button>}
            {isLoginWrong && (
              <Link href={routes.host(hostId, { tab: 'settings', form: 'access' })} className={buttonClass('secondary')}>
                Edit the access
              </Link>
            )}
            <Button isBusy={reading.isReading} onClick={() => reading.run(hostId)}>
              {reading.isReading ? 'Trying…' : 'Try again'}
            </Button>
          </>
        }
      >
        <div>{hostHealthNextStep(health)}</div>
        {health.sudoersLine && <Mono value={health.sudoersLine} canCopy />}
        {health.observedAt && (
          <div>
            What is shown was read <Age at={health.observedAt} />.
          </div>
        )}
      </Notice>
      {isComparing && <AcceptKeyDialog hostId={hostId} hostName={hostName} access={access} onClose={() => setComparing(false)} />}
    </>
  )
}
