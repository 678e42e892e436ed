import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { buttonClass } from '@/components/ui/button-class'
import { Panel } from '@/components/ui/Panel'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Overview } from '@/server/core/api-types'
import { explainCounts } from '@/server/core/explain/object-change'

interface PendingPanelProps {
  readonly pending: Overview['pendingChanges']
  readonly revision: number
}

export function PendingPanel({ pending, revision }: PendingPanelProps) {
  const isPending = pending.create + pending.change + pending.remove > 0
  return (
    <Panel
      title="Pending changes"
      actions={
        isPending && (
          <Link href={routes.changes()} className={buttonClass('secondary', 'sm')}>
            Plan the changes
          </Link>
        )
      }
    >
      {isPending ? (
        <p>
          <StatusMark status="warn" label={explainCounts({ ...pending })} />
          <span className="mt-1 block text-dim">
            In the design since {revision === 0 ? 'the beginning' : `revision ${revision}`}; not on the hosts.
          </span>
        </p>
      ) : (
        <StatusMark
          status={revision === 0 ? 'unknown' : 'ok'}
          label={revision === 0 ? 'Nothing designed yet' : `The design is revision ${revision}, as applied`}
        />
      )}
    </Panel>
  )
}
