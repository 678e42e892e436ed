import clsx from 'clsx'
import { memo } from 'react'

import { encapsulationStyles } from '@/components/ui/encapsulation'

import { rows } from './layout-path'
import type { HeaderStrips, StripCell } from './header-strips'
import type { HeaderChange, StripRun, TranslationStrip } from './translation'

interface StripRowProps {
  readonly strip: TranslationStrip
  readonly headers: HeaderStrips
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string) => void
}

/** Untagged → local VLAN → VLAN id or VNI → …: the picture operators carry in their head; below it MACs, and addresses with the TTL. */
export const StripRow = memo(function StripRow({ strip, headers, selectedHopId, onSelect }: StripRowProps) {
  return (
    <div role="group" aria-label="Headers along the path">
      <StripStretches strip={strip} />
      <Cells name="macs" label="MACs" cells={headers.macs} top={rows.macs} />
      <Cells name="addresses" label="Addresses and TTL" cells={headers.addresses} top={rows.addresses} />
      {strip.changes.map((change) => (
        <Change key={change.hopId} change={change} isSelected={change.hopId === selectedHopId} onSelect={onSelect} />
      ))}
    </div>
  )
})

/** The strip alone, where there is no flow to show. */
export function StripStretches({ strip: { runs } }: { readonly strip: TranslationStrip }) {
  return runs.map((run, index) => <Stretch key={run.id} run={run} isFirst={index === 0} isLast={index === runs.length - 1} />)
}

/** What is drawn behind does not show through. */
const shades = [6, 12].map((share) => `color-mix(in srgb, var(--ink) ${share}%, var(--panel))`)

interface CellsProps {
  readonly name: string
  readonly label: string
  readonly cells: readonly StripCell[]
  readonly top: number
}

/** A cell for each packet; whoever clicks it means the hop behind it, whose details have all of it. */
function Cells({ name, label, cells, top }: CellsProps) {
  return (
    <ul aria-label={label} data-strip={name} className="contents">
      {cells.map(({ id, fromX, toX, lines }, index) => (
        <li
          key={id}
          title={lines.join(' ')}
          className="pointer-events-none absolute flex flex-col justify-center overflow-hidden border-l border-line-strong px-1.5 font-mono text-xs leading-[13px] whitespace-pre text-dim"
          style={{ left: fromX, width: toX - fromX, top, height: rows.cellHeight, background: shades[index % 2] }}
        >
          {lines.map((line) => (
            <span key={line} className="sticky left-2 max-w-full self-center truncate">
              {line}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

interface StretchProps {
  readonly run: StripRun
  readonly isFirst: boolean
  readonly isLast: boolean
}

function Stretch({ run, isFirst, isLast }: StretchProps) {
  const { color } = encapsulationStyles[run.encapsulation.kind]
  return (
    <div
      data-encapsulation={run.encapsulation.kind}
      className={clsx(
        'pointer-events-none absolute flex items-center justify-center overflow-hidden font-mono text-sm font-medium whitespace-nowrap',
        isFirst && 'rounded-l-sm',
        isLast && 'rounded-r-sm',
      )}
      style={{
        left: run.fromX,
        width: run.toX - run.fromX,
        top: rows.strip,
        height: rows.stripHeight,
        color,
        background: `color-mix(in srgb, ${color} 14%, var(--panel))`,
        boxShadow: `inset 0 3px 0 ${color}`,
      }}
    >
      <span className="sticky left-2 right-2 px-1.5 pt-[3px]">{run.label}</span>
    </div>
  )
}

interface ChangeProps {
  readonly change: HeaderChange
  readonly isSelected: boolean
  readonly onSelect: (hopId: string) => void
}

/** Where one colour ends and the next begins; the flow that does it is one click away. */
function Change({ change, isSelected, onSelect }: ChangeProps) {
  return (
    <button
      type="button"
      aria-label={`Header changes at ${change.device}: ${change.sentence}. Show ${change.flowKey === null ? 'the hop' : 'the flow'}`}
      aria-pressed={isSelected}
      title={`${change.device}: ${change.sentence}`}
      className="group absolute z-10 flex -translate-x-1/2 items-center justify-center"
      style={{ left: change.x, top: rows.strip - 5, width: 18, height: rows.stripHeight + 2 }}
      onClick={() => onSelect(change.hopId)}
    >
      <span
        aria-hidden
        className={clsx(
          'pointer-events-none h-[30px] w-[5px] shrink-0 translate-y-[2px] rounded-full border border-panel transition-colors',
          isSelected ? 'bg-accent' : 'bg-ink group-hover:bg-accent',
        )}
      />
    </button>
  )
}
