'use client'

import type { NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Server } from 'lucide-react'
import { memo } from 'react'

import { ChangeMark } from '@/components/networks/ChangeMark'

import type { HostNode } from './flow-elements'
import { markClass, markNameClass } from './mark-style'
import { useSelect } from './select-context'

/** A host: the box around what runs on it. */
export const HostNodeBox = memo(function HostNodeBox({ data: { host }, selected }: NodeProps<HostNode>) {
  const select = useSelect()
  const state = host.isReadOnly ? 'read-only' : host.isPrepared ? '' : 'not prepared'
  return (
    <div
      data-node={host.id}
      className={clsx('size-full rounded-lg border bg-panel', selected ? 'border-accent' : 'border-line-strong/70', markClass(host.mark))}
    >
      <button
        type="button"
        data-stop={host.id}
        tabIndex={-1}
        aria-pressed={selected}
        className="flex h-8 w-full items-center gap-1.5 rounded-t-lg px-3 text-left hover:bg-hover"
        onClick={() => select(host.id)}
      >
        <Server aria-hidden className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
        {host.mark && <ChangeMark action={host.mark} />}
        <span className="sr-only">Host</span>
        <span className={clsx('truncate font-mono text-sm font-semibold', markNameClass(host.mark))}>{host.name}</span>
        <span className="lod-detail ml-auto truncate text-xs text-faint">{state || host.roles.join(', ')}</span>
      </button>
      {host.endpoints.length === 0 && <p className="lod-detail px-3 text-xs text-faint">Nothing runs here yet.</p>}
    </div>
  )
})
