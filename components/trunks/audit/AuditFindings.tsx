import { Mono } from '@/components/ui/Mono'
import { explainFinding } from '@/server/core/explain/finding'
import { auditHopWord, explainHopValue, explainOddityCure } from '@/server/core/explain/trunk-audit'
import { plural } from '@/server/core/explain/words'
import type { AuditOddity, AuditRow } from '@/server/core/trunk/audit'

/** A trunk that is not built yet disagrees at every hop of every port: past these the table says it. */
const MOST_FINDINGS = 100

/** Every hop that disagrees, whole sentences, in the order that frames take. */
export function AuditFindings({ rows }: { readonly rows: readonly AuditRow[] }) {
  const findings = rows.flatMap((row) => row.hops.flatMap((hop) => (hop.finding === null ? [] : [{ row, hop, finding: hop.finding }])))
  const left = findings.length - MOST_FINDINGS
  return (
    <ul className="divide-y divide-line">
      {findings.slice(0, MOST_FINDINGS).map(({ row, hop, finding }) => (
        <li key={`${row.portId} ${hop.kind}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5">
          <span className="w-36 shrink-0 truncate" title={row.label}>
            {row.label}
          </span>
          <span className="w-36 shrink-0 text-dim">{auditHopWord[hop.kind]}</span>
          <span className="w-56 shrink-0 text-dim">
            <Mono value={hop.found ? explainHopValue(hop.found) : 'nothing'} className="text-bad" /> instead of{' '}
            <Mono value={explainHopValue(hop.expected)} />
          </span>
          <span className="min-w-0 flex-1 basis-80 text-bad">{explainFinding(finding)}</span>
        </li>
      ))}
      {left > 0 && (
        <li className="px-3 py-1.5 text-dim">
          {plural(left, 'more finding')}: the table marks their hops, and each says its own when pointed at.
        </li>
      )}
    </ul>
  )
}

/** What no port of the trunk accounts for, and what becomes of it. */
export function AuditOddities({ oddities }: { readonly oddities: readonly AuditOddity[] }) {
  return (
    <ul className="divide-y divide-line">
      {oddities
        .map((odd) => ({ odd, sentence: explainFinding(odd.finding) }))
        .map(({ odd, sentence }) => (
          <li key={sentence} className="px-3 py-1.5">
            {sentence} {odd.device !== null && <span className="text-dim">{explainOddityCure(odd)}</span>}
          </li>
        ))}
    </ul>
  )
}
