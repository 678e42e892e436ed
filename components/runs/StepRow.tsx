'use client'

import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { ScrollText } from '@/components/ui/ScrollText'
import { useNow } from '@/components/ui/use-now'
import { StepCommand } from '@/components/plan/StepCommand'
import { explainOutput } from '@/server/core/explain/output'
import { explainExit, stepStatusWord } from '@/server/core/explain/run'
import { duration } from '@/server/core/explain/words'
import type { Step } from '@/server/core/plan/plan'
import type { StepRecord } from '@/server/core/plan/run'

import { stepLook } from './run-status'

interface StepRowProps {
  readonly record: StepRecord
  /** From the plan; undo steps computed after a failure have none. */
  readonly step: Step | undefined
}

/** One step: its state, what it does, how long it took; opened, the command and its output. */
export function StepRow({ record, step }: StepRowProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? record.status === 'failed'
  const { Icon, text } = stepLook[record.status]
  const command = step?.command ?? (record.result ? { argv: record.result.argv, isPrivileged: true } : null)
  return (
    <li data-status={record.status} className={clsx('border-b border-line last:border-b-0', record.status === 'failed' && 'bg-bad-soft')}>
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex w-full min-w-0 items-center gap-2 px-3 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"
        onClick={() => setChosen(!isOpen)}
      >
        <Icon aria-hidden className={clsx('size-4 shrink-0', text)} />
        <span className="min-w-0 flex-1 truncate" title={record.title}>
          {record.title}
        </span>
        <span className={clsx('shrink-0 text-sm', text)}>{stepStatusWord[record.status]}</span>
        <span className="min-w-16 shrink-0 text-right font-mono text-xs whitespace-nowrap text-faint">
          <StepTime record={record} />
        </span>
        <ChevronRight aria-hidden className={clsx('size-3.5 shrink-0 text-faint transition-transform', isOpen && 'rotate-90')} />
      </button>
      {isOpen && (
        <div className="flex min-w-0 flex-col gap-1.5 px-3 pb-2 pl-9">
          {step && <p className="break-words text-dim">{step.reason}</p>}
          {command && <StepCommand command={command} />}
          {record.result && <StepOutput record={record} />}
        </div>
      )}
    </li>
  )
}

function StepTime({ record }: { readonly record: StepRecord }) {
  const now = useNow()
  if (record.result) return duration(record.result.durationMs)
  if (record.status !== 'running' || record.startedAt === null || now === null) return ''
  return duration(Math.max(0, now - Date.parse(record.startedAt)))
}

function StepOutput({ record }: { readonly record: StepRecord }) {
  const result = record.result
  if (result === null) return null
  const outputs = [
    { label: 'stderr', text: explainOutput(result.stderr, result).trimEnd() },
    { label: 'stdout', text: explainOutput(result.stdout, result).trimEnd() },
  ].filter(({ text }) => text !== '')
  return (
    <>
      <p className="text-sm text-dim">
        {explainExit(record)}
        {outputs.length === 0 && ', no output'}
        {result.isTruncated && ', output cut'}
      </p>
      {outputs.map(({ label, text }) => (
        <figure key={label} className="min-w-0">
          <figcaption className="text-xs text-faint">{label}</figcaption>
          <ScrollText label={label} className="max-h-48 rounded-sm border border-line bg-canvas px-2 py-1 text-xs break-all">
            {text}
          </ScrollText>
        </figure>
      ))}
    </>
  )
}
