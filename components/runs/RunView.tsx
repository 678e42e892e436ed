import { isRunOpen, type Run } from '@/server/core/plan/run'

import { stepsByHost } from './fold-run'
import { HostProgress } from './HostProgress'
import { RunFailure } from './RunFailure'
import { RunSuccess } from './RunSuccess'
import { RunWaits } from './RunWaits'

/** A run, going on or over: whom it waits for or its outcome on top, then every host with its steps. */
export function RunView({ run }: { readonly run: Run }) {
  const isBad = run.status === 'failed' || run.status === 'cancelled'
  return (
    <div className="flex flex-col gap-4">
      {isRunOpen(run) && run.phase === 'waiting' && <RunWaits run={run} />}
      {isBad && <RunFailure run={run} />}
      {run.status === 'succeeded' && <RunSuccess run={run} />}
      {stepsByHost(run).map((host) => (
        <HostProgress key={host.hostId} run={run} host={host} />
      ))}
    </div>
  )
}
