// What a frame wears, in colour; the words come from core/explain/encapsulation. The enc-* colours are used through this record and nowhere else.

import type { Encapsulation } from '@/server/core/path/path'

export type EncapsulationKind = Encapsulation['kind']

export interface EncapsulationStyle {
  readonly text: string
  readonly border: string
  readonly bg: string
  /** CSS colour, for SVG strokes. */
  readonly color: string
}

export const encapsulationStyles: Record<EncapsulationKind, EncapsulationStyle> = {
  untagged: { text: 'text-enc-untagged', border: 'border-enc-untagged', bg: 'bg-enc-untagged', color: 'var(--enc-untagged)' },
  'local-vlan': { text: 'text-enc-local', border: 'border-enc-local', bg: 'bg-enc-local', color: 'var(--enc-local)' },
  dot1q: { text: 'text-enc-dot1q', border: 'border-enc-dot1q', bg: 'bg-enc-dot1q', color: 'var(--enc-dot1q)' },
  vxlan: { text: 'text-enc-vxlan', border: 'border-enc-vxlan', bg: 'bg-enc-vxlan', color: 'var(--enc-vxlan)' },
  'guest-vlan': { text: 'text-enc-guest', border: 'border-enc-guest', bg: 'bg-enc-guest', color: 'var(--enc-guest)' },
}
