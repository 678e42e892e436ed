// The drawing of a path: its hops, boxes and segments, in pixels.

import type { Encapsulation, LinkStyle, PathHop } from '@/server/core/path/path'
import type { Frame } from '@/server/core/walk/frame'
import type { Side } from './hop-sides'

export type BoxKind = 'host' | 'netns' | 'bridge' | 'guest'

export interface PlacedHop {
  readonly hop: PathHop
  readonly index: number
  readonly side: Side
  readonly left: number
  readonly width: number
  /** Where the line passes through. */
  readonly x: number
}

export interface PlacedBox {
  readonly id: string
  readonly kind: BoxKind
  readonly label: string
  readonly hostId: string | null
  /** The inner host that this is the box of; null for a machine. */
  readonly foldsHostId: string | null
  /** Where the label begins; the box's edge unless another box is in the way. */
  readonly labelX: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedSegment {
  readonly id: string
  readonly fromHopId: string
  readonly toHopId: string
  readonly fromX: number
  readonly toX: number
  readonly style: LinkStyle
  readonly encapsulation: Encapsulation
  /** What is on it. */
  readonly frame: Frame
}

export interface PathLayout {
  readonly width: number
  readonly height: number
  readonly hops: readonly PlacedHop[]
  /** Outer boxes first, so that painting in order nests them. */
  readonly boxes: readonly PlacedBox[]
  readonly segments: readonly PlacedSegment[]
}
