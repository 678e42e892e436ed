'use client'

import { Handle, type Position } from '@xyflow/react'
import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { ChangeMark } from '@/components/networks/ChangeMark'

import { portY, sizes } from './elk-graph'
import type { GraphPort, Mark } from './graph-parts'
import { markClass, markNameClass } from './mark-style'
import { networkOutline } from './network-hue'
import { useSelect } from './select-context'

interface NodeCardProps<Port extends GraphPort> {
  readonly node: { readonly id: string; readonly name: string; readonly mark: Mark; readonly ports: readonly Port[] }
  readonly isSelected: boolean
  /** Border and ground while it is not selected. */
  readonly tone: string
  readonly Icon: LucideIcon
  /** What it is, where the icon does not say it aloud. */
  readonly word: string | null
  /** At the right of the name. */
  readonly aside: ReactNode
  /** The side on which a port's wire leaves. */
  readonly sideOf: (port: Port) => Position
  /** What stands in a port's row. */
  readonly row: (port: Port) => ReactNode
  /** Below the ports. */
  readonly footer?: ReactNode
}

/** A box with a name and one row per port, a wire from each. */
export function NodeCard<Port extends GraphPort>({ node, isSelected, tone, Icon, word, aside, sideOf, row, footer }: NodeCardProps<Port>) {
  const select = useSelect()
  return (
    <div
      data-node={node.id}
      className={clsx('size-full rounded-md border', isSelected ? 'border-accent bg-accent-soft' : tone, markClass(node.mark))}
    >
      <button
        type="button"
        data-stop={node.id}
        tabIndex={-1}
        aria-pressed={isSelected}
        className="block size-full text-left"
        onClick={() => select(node.id)}
      >
        <span className="flex items-center gap-1.5 px-2" style={{ height: sizes.endpointHeader }}>
          <Icon aria-hidden className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
          {node.mark && <ChangeMark action={node.mark} />}
          {word && <span className="sr-only">{word}</span>}
          <span className={clsx('truncate font-medium', markNameClass(node.mark))}>{node.name}</span>
          {aside}
        </span>
        {node.ports.map((port) => (
          <span
            key={port.id}
            className="lod-detail flex items-center gap-2 px-2 font-mono text-xs text-dim"
            style={{ height: sizes.portRow }}
          >
            {row(port)}
          </span>
        ))}
        {footer && (
          <span className="lod-detail flex items-center px-2 text-xs text-faint" style={{ height: sizes.portRow }}>
            {footer}
          </span>
        )}
      </button>
      {node.ports.map((port, at) => (
        <Outlet key={port.id} port={port} at={at} side={sideOf(port)} />
      ))}
    </div>
  )
}

/** Where a port's wire begins. */
function Outlet({ port, at, side }: { readonly port: GraphPort; readonly at: number; readonly side: Position }) {
  return (
    <>
      <span
        aria-hidden
        className="absolute size-[7px] -translate-y-1/2 rounded-full border-2 bg-raised"
        style={{ [side]: -4, top: portY(at), borderColor: networkOutline(port.networkId) }}
      />
      <Handle id={port.id} type="source" position={side} isConnectable={false} style={{ top: portY(at), opacity: 0 }} />
    </>
  )
}
