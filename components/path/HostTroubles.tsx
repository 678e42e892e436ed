import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/Notice'
import { explainTrouble } from '@/server/core/explain/path'
import type { PathHost } from '@/server/core/path/path'

/** Hosts that cannot be read: why, how old what is drawn of them is, and the way out. */
export function HostTroubles({ hosts }: { readonly hosts: readonly PathHost[] }) {
  return hosts.map((host) => {
    const trouble = explainTrouble(host)
    if (trouble === null) return null
    const [message, nextStep] = trouble
    return (
      <Notice
        key={host.id}
        status="warn"
        title={message}
        className="m-3 shrink-0"
        actions={
          <Link href={routes.host(host.id)} className={buttonClass('ghost')}>
            Open {host.name}
          </Link>
        }
      >
        {host.observedAt === null ? (
          'It is drawn as designed.'
        ) : (
          <>
            It is drawn as read <Age at={host.observedAt} />.
          </>
        )}{' '}
        {nextStep}
      </Notice>
    )
  })
}
