import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { ScrollText } from '@/components/ui/ScrollText'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/CopyButton'
import { Notice } from '@/components/ui/Notice'
import { explainFinding } from '@/server/core/explain/finding'
import { explainOutput } from '@/server/core/explain/output'
import { explainExit, explainFailure, explainStepCommand, hostNameOf } from '@/server/core/explain/run'
import type { Run, StepRecord } from '@/server/core/plan/run'

/** What failed, where, the command and its output, what was undone, what is left by name, what to do next. */
export function RunFailure({ run }: { readonly run: Run }) {
  const report = explainFailure(run)
  return (
    <Notice
      status={run.status === 'cancelled' ? 'warn' : 'bad'}
      title={report.what}
      actions={
        <Link href={routes.changes()} className={buttonClass('secondary', 'sm')}>
          Go to the changes
        </Link>
      }
    >
      <div className="flex min-w-0 flex-col gap-2">
        {report.failed.map((step) => (
          <FailedStep key={`${step.hostId}/${step.stepId}`} run={run} step={step} />
        ))}
        {report.undone.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {report.leftovers.length > 0 && (
          <ul aria-label="Left over" className="flex flex-col">
            {report.leftovers
              .map(({ hostId, hostName, finding }) => ({ hostId, hostName, what: explainFinding(finding) }))
              .map(({ hostId, hostName, what }) => (
                <li key={`${hostId}/${what}`} className="flex min-w-0 gap-2">
                  <span className="shrink-0 font-mono text-sm text-ink">{hostName}</span>
                  <span className="min-w-0 font-mono text-sm break-all text-ink">{what}</span>
                </li>
              ))}
          </ul>
        )}
        <p className="text-ink">{report.next}</p>
      </div>
    </Notice>
  )
}

function FailedStep({ run, step }: { readonly run: Run; readonly step: StepRecord }) {
  const command = explainStepCommand(step)
  const output = (step.result ? [step.result.stderr, step.result.stdout].map((text) => explainOutput(text, step.result!).trim()) : [])
    .filter((text) => text !== '')
    .join('\n')
  return (
    <figure className="min-w-0 rounded-sm border border-line bg-panel px-2 py-1.5">
      <figcaption className="flex flex-wrap items-center gap-x-2 text-sm">
        <span className="font-mono text-ink">{hostNameOf(run.plan.hosts, step.hostId)}</span>
        <span className="text-ink">{step.isUndo ? `undo: ${step.title}` : step.title}</span>
        <span>{explainExit(step)}</span>
        {command && <CopyButton value={command} label="Copy failed command" />}
      </figcaption>
      {command && <code className="block font-mono text-xs break-all text-ink"># {command}</code>}
      {output !== '' && (
        <ScrollText label="Output" className="mt-1 max-h-48 text-xs break-all text-bad">
          {output}
        </ScrollText>
      )}
    </figure>
  )
}
