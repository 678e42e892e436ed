import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { Panel } from '@/components/ui/Panel'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { explainWaits } from '@/server/core/explain/run'
import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import type { RunSummary } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'
import type { RunStatus } from '@/server/core/plan/run'

const MARKS: Record<RunStatus, { readonly status: Status; readonly label: string }> = {
  queued: { status: 'unknown', label: 'Queued' },
  running: { status: 'unknown', label: 'Running' },
  succeeded: { status: 'ok', label: 'Succeeded' },
  failed: { status: 'bad', label: 'Failed' },
  cancelled: { status: 'warn', label: 'Cancelled' },
}

export function LastRunPanel({ run }: { readonly run: RunSummary | null }) {
  return (
    <Panel
      title="Last run"
      meta={run && <Age at={run.startedAt} />}
      actions={
        run && (
          <Link href={routes.run(run.id)} className={buttonClass('ghost', 'sm')}>
            Open run
          </Link>
        )
      }
    >
      {run ? (
        <div className="flex flex-col gap-1">
          <StatusMark {...MARKS[run.status]} />
          {run.phase === 'waiting' && <p className="break-words">{explainWaits(run.waitsFor)}</p>}
          {run.verdict && <p className="break-words">{explainRunVerdict(run.verdict)}</p>}
          <p className="text-dim">
            {run.doneStepCount} of {plural(run.stepCount, 'step')} on {run.hostNames.join(', ')}
          </p>
          {run.leftoverCount > 0 && <StatusMark status="warn" label={plural(run.leftoverCount, 'leftover')} />}
        </div>
      ) : (
        <p className="text-faint">No plan was applied yet.</p>
      )}
    </Panel>
  )
}
