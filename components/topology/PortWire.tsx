'use client'

import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'

import type { PortEdge } from './flow-elements'
import type { Mark } from './graph-parts'
import { networkOutline } from './network-hue'

/** One port: from its VM's NIC to its network, in the network's hue. */
export const PortWire = memo(function PortWire({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  selected,
  data,
}: EdgeProps<PortEdge>) {
  const leavesX = data?.hostEdgeX ?? sourceX
  const [curve] = getBezierPath({ sourceX: leavesX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.35 })
  const path = `M${sourceX},${sourceY} L${leavesX},${sourceY} ${curve.replace('M', 'L')}`
  const mark = data?.mark ?? null
  const isLit = selected || data?.isLit
  return (
    <BaseEdge
      id={id}
      path={path}
      interactionWidth={14}
      style={{
        stroke: strokeOf(mark, data?.networkId ?? ''),
        strokeWidth: isLit ? 3 : 1.5,
        strokeDasharray: mark === 'remove' ? '3 4' : undefined,
        opacity: mark === 'remove' ? 0.6 : isLit ? 1 : 0.7,
      }}
    />
  )
})

const strokeOf = (mark: Mark, networkId: string): string => (mark === 'remove' ? 'var(--bad)' : networkOutline(networkId))
