'use client'

import { OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'

import type { ApiCommandFailure } from '@/server/core/api-types'
import type { AppErrorCode } from '@/server/core/app-error'
import { duration } from '@/server/core/explain/words'

import { CopyButton } from './CopyButton'
import { ScrollText } from './ScrollText'
import { errorAdvice } from './error-advice'
import { Mono } from './Mono'

/** An AppError as the client has it (ApiErrorData fits): its sentence, its code and what is known around it. */
export interface ErrorInfo {
  readonly code: AppErrorCode
  readonly message: string
  /** The rule of the design that was broken, by its name. */
  readonly rule?: string | null
  readonly objects?: readonly string[]
  readonly host?: string | null
  readonly command?: ApiCommandFailure | null
  /** What was taken back after the failure. */
  readonly undone?: string
  /** Instead of the code's own sentence. */
  readonly advice?: string
}

interface ErrorNoteProps {
  readonly error: ErrorInfo
  /** What was being done: "Reading cmp1". */
  readonly title?: string
  /** The way out from here: try again, go back. */
  readonly actions?: ReactNode
}

/** What failed, where, with which command and output, what was undone, and what to do next. */
export function ErrorNote({ error, title, actions }: ErrorNoteProps) {
  return (
    <div role="alert" className="min-w-0 rounded-md border border-bad/50 bg-bad-soft/60 px-3 py-2">
      <div className="flex items-start gap-2">
        <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <p className="font-medium break-words">{title ? `${title}: ${error.message}` : error.message}</p>
          <ErrorPlace error={error} />
          {error.command && <FailedCommand command={error.command} />}
          {error.undone && <p className="text-dim">Undone: {error.undone}</p>}
          <p className="text-dim">{error.advice ?? errorAdvice[error.code]}</p>
          {actions && <div className="mt-1 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  )
}

function ErrorPlace({ error }: { readonly error: ErrorInfo }) {
  const rule = error.rule && error.rule !== 'shape' ? error.rule : null
  if (!error.host && !error.objects?.length && !rule) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-dim">
      {error.host && (
        <span className="inline-flex min-w-0 items-center gap-1">
          Host <Mono value={error.host} className="text-ink" />
        </span>
      )}
      {rule && (
        <span>
          Rule <Mono value={rule} />
        </span>
      )}
      {error.objects && error.objects.length > 0 && <span>With: {error.objects.join(', ')}</span>}
    </p>
  )
}

function FailedCommand({ command }: { readonly command: ApiCommandFailure }) {
  const output = [command.stderr, command.stdout]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n')
  const outcome = command.exitCode === null ? 'no exit code' : `exit code ${command.exitCode}`
  return (
    <>
      <OutputBlock label="Command" text={command.argv.join(' ')} />
      <p className="text-sm text-dim">
        {outcome} after {duration(command.durationMs)}
        {output === '' && ', no output'}
      </p>
      {output !== '' && <OutputBlock label="Output" text={output} />}
    </>
  )
}

function OutputBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="flex items-center gap-1 text-sm text-faint">
        {label}
        <CopyButton value={text} label={`Copy ${label.toLowerCase()}`} />
      </figcaption>
      <ScrollText label={label} className="max-h-40 rounded-sm border border-line bg-panel px-2 py-1 text-xs [overflow-wrap:anywhere]">
        {text}
      </ScrollText>
    </figure>
  )
}
