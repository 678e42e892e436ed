// The four states everything has, and how each looks. One record, so that no component invents a fifth green.

import { CircleCheck, CircleDashed, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react'

export type Status = 'ok' | 'warn' | 'bad' | 'unknown'

export interface StatusStyle {
  readonly Icon: LucideIcon
  /** Said when the caller gives no label. */
  readonly label: string
  readonly text: string
  /** Behind a word. */
  readonly soft: string
  /** Behind a paragraph: paler, so that a page full of trouble can still be read. */
  readonly tint: string
  readonly border: string
}

export const statusStyles: Record<Status, StatusStyle> = {
  ok: { Icon: CircleCheck, label: 'Agrees', text: 'text-ok', soft: 'bg-ok-soft', tint: 'bg-ok-soft/60', border: 'border-ok' },
  warn: {
    Icon: TriangleAlert,
    label: 'Differs',
    text: 'text-warn',
    soft: 'bg-warn-soft',
    tint: 'bg-warn-soft/60',
    border: 'border-warn',
  },
  bad: { Icon: OctagonX, label: 'Broken', text: 'text-bad', soft: 'bg-bad-soft', tint: 'bg-bad-soft/60', border: 'border-bad' },
  unknown: {
    Icon: CircleDashed,
    label: 'Unknown',
    text: 'text-unknown',
    soft: 'bg-unknown-soft',
    tint: 'bg-unknown-soft/60',
    border: 'border-unknown',
  },
}
