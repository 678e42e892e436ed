import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { Notice } from '@/components/ui/Notice'
import { explainQueued, explainWaits } from '@/server/core/explain/run'
import { shortRun } from '@/server/core/explain/words'
import type { Run, RunWait } from '@/server/core/plan/run'

/** What a run waits for: each host, the run that has it, whose that is, and since when. */
export function RunWaits({ run }: { readonly run: Run }) {
  return (
    <Notice status="unknown" title={explainWaits(run.waitsFor)}>
      <p>{explainQueued(run)}</p>
      {run.waitsFor.length > 0 && (
        <ul aria-label="Waits for" className="mt-2 flex flex-col gap-1">
          {run.waitsFor.map((wait) => (
            <WaitRow key={wait.hostId} wait={wait} />
          ))}
        </ul>
      )}
    </Notice>
  )
}

function WaitRow({ wait }: { readonly wait: RunWait }) {
  return (
    <li className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <Link href={routes.host(wait.hostId)} className="min-w-16 font-mono text-sm text-ink hover:underline">
        {wait.hostName}
      </Link>
      <span>
        {wait.isChanging ? 'is being changed by ' : 'is asked for before by '}
        <Link href={routes.run(wait.runId)} className="text-accent hover:underline">
          run <span className="font-mono text-sm">{shortRun(wait.runId)}</span>
        </Link>{' '}
        of {wait.actor}, which {wait.isChanging ? 'took it' : 'asked'} <Age at={wait.since} />
      </span>
    </li>
  )
}
