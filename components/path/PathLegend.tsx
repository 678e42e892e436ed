import { encapsulationStyles, type EncapsulationKind } from '@/components/ui/encapsulation'
import { truthMeaning, truths } from '@/server/core/explain/path'

import { AgreementMark } from './AgreementMark'

const HEADERS: readonly (readonly [EncapsulationKind, string])[] = [
  ['untagged', 'untagged'],
  ['guest-vlan', 'guest VLAN'],
  ['local-vlan', 'local VLAN'],
  ['dot1q', '802.1Q'],
  ['vxlan', 'VXLAN'],
]

const LINES: readonly (readonly [string, string])[] = [
  ['veth', 'M0 3h22M0 8h22'],
  ['patch', 'M1 5.5h22'],
  ['tunnel', 'M0 5.5h22'],
  ['wire', 'M0 5.5h22'],
]

/** What the marks, lines and colours mean; one line below the drawing. */
export function PathLegend() {
  return (
    <div
      role="note"
      aria-label="Legend"
      className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-3 py-1.5 text-xs text-faint"
    >
      {truths.map((truth) => (
        <span key={truth} className="inline-flex items-center gap-1" title={truthMeaning[truth]}>
          <AgreementMark truth={truth} agreement="agrees" />
          {truth}
        </span>
      ))}
      <span className="inline-flex items-center gap-1">
        <AgreementMark truth="host" agreement="agrees" /> agrees
        <AgreementMark truth="host" agreement="unchecked" className="ml-2" /> not checked
        <AgreementMark truth="host" agreement="differs" className="ml-2" /> disagrees
      </span>
      {HEADERS.map(([kind, label]) => (
        <span key={kind} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`h-[3px] w-4 rounded-full ${encapsulationStyles[kind].bg}`} />
          {label}
        </span>
      ))}
      {LINES.map(([label, path]) => (
        <span key={label} className="inline-flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 24 11" className="h-[11px] w-6" fill="none" stroke="currentColor">
            <path d={path} {...lineLook(label)} />
          </svg>
          {label}
        </span>
      ))}
    </div>
  )
}

function lineLook(label: string) {
  if (label === 'patch') return { strokeWidth: 2.25, strokeDasharray: '0.1 5', strokeLinecap: 'round' as const }
  if (label === 'tunnel') return { strokeWidth: 7 }
  return { strokeWidth: label === 'wire' ? 2 : 1.25 }
}
