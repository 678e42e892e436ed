'use client'

import { Handle, Position, type NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Router } from 'lucide-react'
import { memo } from 'react'

import { ChangeMark } from '@/components/networks/ChangeMark'

import { portY, sizes } from './elk-graph'
import { routerPortSide, type RouterNode } from './flow-elements'
import type { GraphRouterPort } from './graph-parts'
import { markClass, markNameClass } from './mark-style'
import { networkOutline } from './network-hue'
import { useSelect } from './select-context'

/** A router, with one row per network that it joins; the way out stands right. */
export const RouterNodeCard = memo(function RouterNodeCard({ data: { router }, selected }: NodeProps<RouterNode>) {
  const select = useSelect()
  return (
    <div
      data-node={router.id}
      className={clsx(
        'size-full rounded-md border',
        selected ? 'border-accent bg-accent-soft' : 'border-line-strong bg-panel',
        markClass(router.mark),
      )}
    >
      <button
        type="button"
        data-stop={router.id}
        tabIndex={-1}
        aria-pressed={selected}
        className="block size-full text-left"
        onClick={() => select(router.id)}
      >
        <span className="flex items-center gap-1.5 px-2" style={{ height: sizes.endpointHeader }}>
          <Router aria-hidden className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
          {router.mark && <ChangeMark action={router.mark} />}
          <span className="sr-only">Router</span>
          <span className={clsx('truncate font-medium', markNameClass(router.mark))}>{router.name}</span>
          <span className="lod-detail ml-auto shrink-0 text-xs text-faint">
            {router.isUp ? (router.isDistributed ? 'distributed' : 'centralized') : 'down'}
          </span>
        </span>
        {router.ports.map((port) => (
          <PortRow key={port.id} port={port} />
        ))}
      </button>
      {router.ports.map((port, index) => (
        <span key={port.id}>
          <span
            aria-hidden
            className="absolute size-[7px] -translate-y-1/2 rounded-full border-2 bg-raised"
            style={{
              [routerPortSide(port) === Position.Right ? 'right' : 'left']: -4,
              top: portY(index),
              borderColor: networkOutline(port.networkId),
            }}
          />
          <Handle
            id={port.id}
            type="source"
            position={routerPortSide(port)}
            isConnectable={false}
            style={{ top: portY(index), opacity: 0 }}
          />
        </span>
      ))}
    </div>
  )
})

function PortRow({ port: { address, isGateway, mark } }: { readonly port: GraphRouterPort }) {
  return (
    <span
      className={clsx('lod-detail flex items-center gap-2 px-2 font-mono text-xs text-dim', isGateway && 'justify-end')}
      style={{ height: sizes.portRow }}
    >
      {isGateway && <span className="font-sans text-faint">gateway</span>}
      <span className={clsx('truncate', markNameClass(mark))}>{address}</span>
    </span>
  )
}
