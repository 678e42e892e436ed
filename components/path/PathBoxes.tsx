import { memo } from 'react'

import type { BoxKind, PlacedBox } from './placed'

const FILL: Record<BoxKind, string> = {
  host: 'var(--panel)',
  netns: 'transparent',
  bridge: 'var(--canvas)',
  guest: 'var(--raised)',
}

const STROKE: Record<BoxKind, string> = {
  host: 'var(--line-strong)',
  netns: 'var(--line-strong)',
  bridge: 'var(--line)',
  guest: 'var(--line-strong)',
}

const RADIUS: Record<BoxKind, number> = { host: 8, netns: 6, bridge: 4, guest: 4 }

/** Hosts, namespaces, bridges and guests, outer ones first. */
export const PathBoxes = memo(function PathBoxes({ boxes }: { readonly boxes: readonly PlacedBox[] }) {
  return (
    <g>
      {boxes.map((box) => (
        <rect
          key={box.id}
          x={box.x + 0.5}
          y={box.y + 0.5}
          width={box.width}
          height={box.height - 1}
          rx={RADIUS[box.kind]}
          fill={FILL[box.kind]}
          stroke={STROKE[box.kind]}
          strokeWidth={box.kind === 'host' ? 1.25 : 1}
          strokeDasharray={box.kind === 'netns' ? '4 3' : undefined}
          opacity={box.kind === 'host' ? 1 : 0.95}
        />
      ))}
    </g>
  )
})
