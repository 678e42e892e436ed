'use client'

import { Play } from 'lucide-react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { CopyButton } from '@/components/ui/CopyButton'
import { ScrollText } from '@/components/ui/ScrollText'
import type { Status } from '@/components/ui/status'
import { StatusMark } from '@/components/ui/StatusMark'
import type { GuestCommandRun, GuestRun } from '@/server/core/api-types'
import { explainArgv } from '@/server/core/explain/command'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { GuestSetup } from '@/server/core/trunk/guest-commands'

interface GuestSetupBlockProps {
  readonly index: TopologyIndex
  readonly setup: GuestSetup
  readonly run: GuestRun | undefined
  readonly isRunning: boolean
  readonly disabledReason: string | null
  readonly onRun: () => void
}

/** One VLAN interface of the guest: its commands, what became of them, and how to take it away. */
export function GuestSetupBlock({ index, setup, run, isRunning, disabledReason, onRun }: GuestSetupBlockProps) {
  const port = index.port(setup.portId)
  const commands: readonly GuestCommandRun[] | null = run?.commands ?? null
  const undo = setup.undo.map(explainArgv).join('\n')
  return (
    // Hundreds of them stay quick: what is out of sight is not laid out.
    <section
      aria-label={setup.device}
      className="shrink-0 rounded-md border border-line [contain-intrinsic-size:auto_130px] [content-visibility:auto]"
    >
      <header className="flex min-h-9 items-center gap-2 border-b border-line px-3">
        <h3 className="font-mono text-sm font-semibold">{setup.device}</h3>
        <span className="truncate text-dim">
          {port && [labelPort(index.topology, port), index.network(port.networkId)?.name].filter(Boolean).join(' · ')}
        </span>
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {isRunning && <StatusMark status="unknown" label="Running…" />}
          {!isRunning && run && (
            <StatusMark status={run.isOk ? 'ok' : 'bad'} label={run.isOk ? 'Done in the guest' : 'Failed in the guest'} />
          )}
          <CopyButton value={setup.text} label={`Copy the commands of ${setup.device}`} />
          <Button
            size="sm"
            aria-label={`Run the commands of ${setup.device}`}
            isBusy={isRunning}
            disabledReason={isRunning ? null : disabledReason}
            onClick={onRun}
          >
            <Play aria-hidden />
            Run
          </Button>
        </span>
      </header>
      <ol className="px-3 py-2 font-mono text-sm">
        {setup.commands.map((argv, at) => (
          <Command key={at} text={explainArgv(argv)} run={commands?.[at]} />
        ))}
      </ol>
      <p className="flex min-w-0 items-center gap-1 border-t border-line px-3 py-1 text-sm text-faint">
        Taken away with <code className="truncate font-mono">{undo}</code>
        <CopyButton value={undo} label={`Copy the command that takes ${setup.device} away`} />
      </p>
    </section>
  )
}

const STATUS: Record<GuestCommandRun['status'], { readonly status: Status; readonly label: string }> = {
  done: { status: 'ok', label: 'done' },
  there: { status: 'ok', label: 'there already' },
  failed: { status: 'bad', label: 'failed' },
  'not-run': { status: 'unknown', label: 'not run' },
}

function Command({ text, run }: { readonly text: string; readonly run: GuestCommandRun | undefined }) {
  return (
    <li>
      <div className="flex min-w-0 items-baseline gap-3">
        <code className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</code>
        {run && <StatusMark {...STATUS[run.status]} className="shrink-0 font-sans" />}
      </div>
      {run && run.output !== '' && (
        <ScrollText
          label="Output"
          className="my-1 max-h-32 rounded-sm border border-line bg-canvas px-2 py-1 text-xs [overflow-wrap:anywhere]"
        >
          {run.output}
        </ScrollText>
      )}
    </li>
  )
}
