'use client'

import { Handle, Position, type NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Globe } from 'lucide-react'
import { memo, type ReactNode } from 'react'

import { ChangeMark } from '@/components/networks/ChangeMark'
import { plural } from '@/server/core/explain/words'

import { sizes } from './elk-graph'
import { floatingIpsId, type Mark } from './graph-parts'
import { networkHandles, type NetworkNode } from './flow-elements'
import { markClass, markNameClass } from './mark-style'
import { networkOutline } from './network-hue'
import { useSelect } from './select-context'

/** A network with its segment, its subnets and how many floating IPs are of it; its hue is its outline, double where routers may lead out by it. */
export const NetworkNodeCard = memo(function NetworkNodeCard({ data: { network, selectedPartId }, selected }: NodeProps<NetworkNode>) {
  const select = useSelect()
  const hue = networkOutline(network.id)
  const floatingId = floatingIpsId(network.id)
  return (
    <div
      data-node={network.id}
      data-network={network.id}
      className={clsx('size-full overflow-hidden rounded-md border', selected ? 'bg-accent-soft' : 'bg-raised', markClass(network.mark))}
      style={{ borderColor: hue, borderLeftWidth: network.isExternal ? 6 : 4, ...(network.isExternal && { borderLeftStyle: 'double' }) }}
    >
      <button
        type="button"
        data-stop={network.id}
        tabIndex={-1}
        aria-pressed={selected}
        className="block w-full px-2.5 pt-1 text-left hover:bg-hover"
        style={{ height: sizes.networkHeader - 4 }}
        onClick={() => select(network.id)}
      >
        <span className="flex items-center gap-1.5">
          {network.mark && <ChangeMark action={network.mark} />}
          {network.isExternal && <Globe aria-hidden className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />}
          <span className="sr-only">{network.isExternal ? 'External network' : 'Network'}</span>
          <span className={clsx('truncate font-medium', markNameClass(network.mark))}>{network.name}</span>
          <span className="lod-detail ml-auto shrink-0 text-xs text-faint">{plural(network.portCount, 'port')}</span>
        </span>
        <span className="lod-detail block truncate font-mono text-xs text-dim">
          {network.segment}
          {network.isExternal && ' · external'}
          {!network.isUp && ' · down'}
        </span>
      </button>
      {network.subnets.length === 0 && <p className="lod-detail px-2.5 text-xs text-faint">No subnet yet</p>}
      {network.subnets.map((subnet) => (
        <PartButton key={subnet.id} id={subnet.id} mark={subnet.mark} isSelected={subnet.id === selectedPartId} className="font-mono">
          <span className="sr-only">Subnet</span>
          <span className={clsx('truncate', markNameClass(subnet.mark))}>{subnet.cidr}</span>
          {subnet.hasDhcp && <span className="ml-auto font-sans text-faint">DHCP</span>}
        </PartButton>
      ))}
      {network.floatingIps && (
        <PartButton id={floatingId} mark={network.floatingIps.mark} isSelected={floatingId === selectedPartId}>
          <Globe aria-hidden className="size-3 shrink-0 text-faint" strokeWidth={1.75} />
          <span className={clsx('truncate', markNameClass(network.floatingIps.mark))}>
            {plural(network.floatingIps.count, 'floating IP')}
          </span>
        </PartButton>
      )}
      <Handle
        id={networkHandles.right}
        type="target"
        position={Position.Left}
        isConnectable={false}
        style={{ top: sizes.networkHeader / 2, opacity: 0 }}
      />
      <Handle
        id={networkHandles.left}
        type="target"
        position={Position.Right}
        isConnectable={false}
        style={{ top: sizes.networkHeader / 2, opacity: 0 }}
      />
    </div>
  )
})

interface PartButtonProps {
  readonly id: string
  readonly mark: Mark
  readonly isSelected: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** A row of the network that can be selected by itself. */
function PartButton({ id, mark, isSelected, className, children }: PartButtonProps) {
  const select = useSelect()
  return (
    <button
      type="button"
      data-stop={id}
      tabIndex={-1}
      aria-pressed={isSelected}
      className={clsx(
        'lod-detail flex w-full items-center gap-1.5 px-2.5 text-left text-xs hover:bg-hover',
        isSelected && 'bg-accent-soft',
        className,
      )}
      style={{ height: sizes.subnetRow }}
      onClick={() => select(id)}
    >
      {mark && <ChangeMark action={mark} />}
      {children}
    </button>
  )
}
