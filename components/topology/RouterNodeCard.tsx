'use client'

import type { NodeProps } from '@xyflow/react'
import clsx from 'clsx'
import { Router } from 'lucide-react'
import { memo } from 'react'

import { routerPortSide, type RouterNode } from './flow-elements'
import { markNameClass } from './mark-style'
import { NodeCard } from './NodeCard'

/** A router, with one row per network that it joins, and where it stands; the way out stands right. */
export const RouterNodeCard = memo(function RouterNodeCard({ data: { router }, selected }: NodeProps<RouterNode>) {
  return (
    <NodeCard
      node={router}
      isSelected={selected}
      tone="border-line-strong bg-panel"
      Icon={Router}
      word="Router"
      aside={!router.isUp && <span className="lod-detail ml-auto shrink-0 text-xs text-faint">down</span>}
      footer={
        <span title={router.standing} className="truncate">
          {router.standing}
        </span>
      }
      sideOf={routerPortSide}
      row={({ address, isGateway, mark }) => (
        <>
          {isGateway && <span className="ml-auto font-sans text-faint">gateway</span>}
          <span className={clsx('truncate', markNameClass(mark))}>{address}</span>
        </>
      )}
    />
  )
})
