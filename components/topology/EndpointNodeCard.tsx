'use client'

import { Handle, Position, type NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Cable, Monitor, Radio, Split } from 'lucide-react'
import { memo } from 'react'

import { ChangeMark } from '@/components/networks/ChangeMark'

import { portY, sizes } from './elk-graph'
import type { EndpointNode } from './flow-elements'
import type { GraphPort } from './graph-parts'
import { markClass, markNameClass } from './mark-style'
import { networkOutline } from './network-hue'
import { useSelect } from './select-context'

/** A VM or a DHCP server, with one row per NIC. */
export const EndpointNodeCard = memo(function EndpointNodeCard({ data: { endpoint, side }, selected }: NodeProps<EndpointNode>) {
  const select = useSelect()
  const Icon = endpoint.kind === 'vm' ? Monitor : Radio
  return (
    <div
      data-node={endpoint.id}
      className={clsx(
        'size-full rounded-md border',
        selected ? 'border-accent bg-accent-soft' : 'border-line-strong/60 bg-raised',
        markClass(endpoint.mark),
      )}
    >
      <button
        type="button"
        data-stop={endpoint.id}
        tabIndex={-1}
        aria-pressed={selected}
        className="block size-full text-left"
        onClick={() => select(endpoint.id)}
      >
        <span className="flex items-center gap-1.5 px-2" style={{ height: sizes.endpointHeader }}>
          <Icon aria-hidden className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
          {endpoint.mark && <ChangeMark action={endpoint.mark} />}
          {endpoint.kind === 'vm' && <span className="sr-only">VM</span>}
          <span className={clsx('truncate font-medium', markNameClass(endpoint.mark))}>{endpoint.name}</span>
          {endpoint.nesting && (
            <span title={endpoint.nesting} className="ml-auto shrink-0">
              <Cable aria-label={endpoint.nesting} className="size-3.5 text-faint" />
            </span>
          )}
        </span>
        {endpoint.ports.map((port) => (
          <span
            key={port.id}
            className="lod-detail flex items-center gap-2 px-2 font-mono text-xs text-dim"
            style={{ height: sizes.portRow }}
          >
            <Nic port={port} />
            <span className={clsx('truncate', markNameClass(port.mark))}>{port.address}</span>
            {port.role === 'parent' && <Split aria-label="parent of a trunk" className="ml-auto size-3 shrink-0 text-faint" />}
          </span>
        ))}
      </button>
      {endpoint.ports.map((port, index) => (
        <span key={port.id}>
          <span
            aria-hidden
            className="absolute size-[7px] -translate-y-1/2 rounded-full border-2 bg-raised"
            style={{ [side]: -4, top: portY(index), borderColor: networkOutline(port.networkId) }}
          />
          <Handle
            id={port.id}
            type="source"
            position={side === 'right' ? Position.Right : Position.Left}
            isConnectable={false}
            style={{ top: portY(index), opacity: 0 }}
          />
        </span>
      ))}
    </div>
  )
})

/** A subport is a VLAN of the NIC above it. */
function Nic({ port: { nic, role } }: { readonly port: GraphPort }) {
  if (role !== 'subport') return <span className="w-8 shrink-0 text-faint">{nic}</span>
  return (
    <span title={nic} className="w-9 shrink-0 pl-1.5 text-enc-guest">
      {nic.slice(nic.indexOf('.'))}
    </span>
  )
}
