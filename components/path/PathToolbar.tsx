'use client'

import { ArrowLeftRight } from 'lucide-react'
import type { ReactNode } from 'react'

import { IconButton } from '@/components/ui/IconButton'
import type { Endpoint } from '@/server/core/path/path'

import { EndpointPicker } from './EndpointPicker'
import type { PathParams } from './path-params'

interface PathToolbarProps {
  readonly endpoints: readonly Endpoint[]
  readonly params: PathParams
  /** Beside the pickers: the network, the pace. */
  readonly children?: ReactNode
}

/** From, To, and a swap between them. */
export function PathToolbar({ endpoints, params, children }: PathToolbarProps) {
  const { from, to } = params
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-2">
      <EndpointPicker label="From" endpoints={endpoints} end={from} onPick={(end) => params.pick({ from: end })} />
      <IconButton
        label="Swap ends"
        disabledReason={from === null && to === null ? 'Choose two ends first.' : null}
        onClick={() => params.pick({ from: to, to: from })}
      >
        <ArrowLeftRight />
      </IconButton>
      <EndpointPicker label="To" endpoints={endpoints} end={to} onPick={(end) => params.pick({ to: end })} />
      <div className="ml-auto flex min-w-0 items-center gap-2 text-dim">{children}</div>
    </div>
  )
}
