'use client'

import { Position, type NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Cable, Cloud, Globe, Monitor, Radio, Split } from 'lucide-react'
import { memo } from 'react'

import type { EndpointNode } from './flow-elements'
import type { GraphPort } from './graph-parts'
import { markNameClass } from './mark-style'
import { NodeCard } from './NodeCard'

const ICONS = { vm: Monitor, dhcp: Radio, gateway: Cloud } as const
const WORDS = { vm: 'VM', dhcp: null, gateway: 'Member of' } as const

/** A VM, a DHCP server or a member of a gateway cluster, with one row per NIC. */
export const EndpointNodeCard = memo(function EndpointNodeCard({ data: { endpoint, side }, selected }: NodeProps<EndpointNode>) {
  return (
    <NodeCard
      node={endpoint}
      isSelected={selected}
      tone="border-line-strong/60 bg-raised"
      Icon={ICONS[endpoint.kind]}
      word={WORDS[endpoint.kind]}
      aside={
        endpoint.nesting && (
          <span title={endpoint.nesting} className="ml-auto shrink-0">
            <Cable aria-label={endpoint.nesting} className="size-3.5 text-faint" />
          </span>
        )
      }
      sideOf={() => (side === 'right' ? Position.Right : Position.Left)}
      row={(port) => (
        <>
          <Nic port={port} />
          <span className={clsx('truncate', markNameClass(port.mark))}>{port.address}</span>
          <span className="ml-auto flex shrink-0 items-center gap-1">
            {port.role === 'parent' && <Split aria-label="parent of a trunk" className="size-3 text-faint" />}
            <FloatingIpMark floatingIps={port.floatingIps} />
          </span>
        </>
      )}
    />
  )
})

/** It is reached from outside. */
function FloatingIpMark({ floatingIps }: Pick<GraphPort, 'floatingIps'>) {
  if (floatingIps.length === 0) return null
  const words = `${floatingIps.length === 1 ? 'floating IP' : 'floating IPs'} ${floatingIps.map(({ address }) => address).join(', ')}`
  return (
    <span title={words}>
      <Globe aria-label={words} className="size-3 text-faint" strokeWidth={1.75} />
    </span>
  )
}

/** A subport is a VLAN of the NIC above it. */
function Nic({ port: { nic, role } }: { readonly port: GraphPort }) {
  if (role !== 'subport') return <span className="w-8 shrink-0 text-faint">{nic}</span>
  return (
    <span title={nic} className="w-9 shrink-0 pl-1.5 text-enc-guest">
      {nic.slice(nic.indexOf('.'))}
    </span>
  )
}
