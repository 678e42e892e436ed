import clsx from 'clsx'
import { useId } from 'react'

import { CopyButton } from '@/components/ui/CopyButton'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainWayStep } from '@/server/core/explain/ways'
import type { WayRow } from '@/server/core/ways/compare-ways'

/** One step: what it is for, what differs, and the commands of both ways beside each other. */
export function WayRowView({ row: { step, byHand, asNeutron } }: { readonly row: WayRow }) {
  const titleId = useId()
  const { title, purpose, differs, article } = explainWayStep(step)
  return (
    <li id={step} aria-labelledby={titleId} className="min-w-0 rounded-md border border-line bg-panel">
      <header className="flex flex-col gap-1 border-b border-line px-3 py-2">
        <div className="flex items-center gap-2">
          <h3 id={titleId}>{title}</h3>
          <StatusMark status={differs === null ? 'ok' : 'warn'} label={differs === null ? 'the same' : 'differs'} className="text-sm" />
        </div>
        <p className="max-w-5xl text-dim">{purpose}</p>
        {differs !== null && <p className="max-w-5xl">{differs}</p>}
        {article !== null && (
          <p className="max-w-5xl text-sm text-faint">
            <span className="font-medium">The article: </span>
            {article}
          </p>
        )}
      </header>
      {differs === null ? (
        <Commands title={title} way="Both ways" commands={byHand} others={byHand} />
      ) : (
        <div className="grid grid-cols-2">
          <Commands title={title} way="By hand" commands={byHand} others={asNeutron} />
          <Commands title={title} way="As Neutron" commands={asNeutron} others={byHand} className="border-l border-line" />
        </div>
      )}
    </li>
  )
}

interface CommandsProps {
  readonly title: string
  readonly way: string
  readonly commands: readonly string[]
  /** Of the other way: what is in both is not what to look at. */
  readonly others: readonly string[]
  readonly className?: string
}

function Commands({ title, way, commands, others, className }: CommandsProps) {
  const isSame = commands === others
  return (
    <section aria-label={`${title}: ${way.toLowerCase()}`} className={clsx('min-w-0 px-3 py-2', className)}>
      <h4 className="flex items-center gap-1 text-sm text-faint">
        {way}
        {commands.length > 0 && <CopyButton value={commands.join('\n')} label={`Copy the commands: ${title}, ${way.toLowerCase()}`} />}
      </h4>
      {commands.length === 0 ? (
        <p className="text-sm text-faint">No such step.</p>
      ) : (
        <ol className="flex flex-col gap-0.5 font-mono text-xs">
          {commands.map((command, at) => (
            <li
              key={at}
              className={clsx(
                'border-l-2 pl-2 whitespace-pre-wrap [overflow-wrap:anywhere]',
                isSame || others.includes(command) ? 'border-transparent text-dim' : 'border-warn text-ink',
              )}
            >
              {command}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
