import { Mono } from '@/components/ui/Mono'
import { auditHopWord, explainOddityCure } from '@/server/core/explain/trunk-audit'
import type { AuditOddity, AuditRow } from '@/server/core/trunk/audit'

/** Every hop that disagrees, whole sentences, in the order that frames take. */
export function AuditFindings({ rows }: { readonly rows: readonly AuditRow[] }) {
  return (
    <ul className="divide-y divide-line">
      {rows.flatMap((row) =>
        row.hops.flatMap((hop) =>
          hop.finding === null
            ? []
            : [
                <li key={`${row.portId} ${hop.kind}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5">
                  <span className="w-36 shrink-0 truncate">{row.label}</span>
                  <span className="w-36 shrink-0 text-dim">{auditHopWord[hop.kind]}</span>
                  <span className="w-56 shrink-0 text-dim">
                    <Mono value={hop.found ?? 'nothing'} className="text-bad" /> instead of <Mono value={hop.expected} />
                  </span>
                  <span className="min-w-0 flex-1 basis-80 text-bad">{hop.finding}</span>
                </li>,
              ],
        ),
      )}
    </ul>
  )
}

/** What no port of the trunk accounts for, and what becomes of it. */
export function AuditOddities({ oddities }: { readonly oddities: readonly AuditOddity[] }) {
  return (
    <ul className="divide-y divide-line">
      {oddities.map((odd) => (
        <li key={`${odd.bridge} ${odd.device} ${odd.sentence}`} className="px-3 py-1.5">
          {odd.sentence} {odd.device !== 'guest' && <span className="text-dim">{explainOddityCure(odd)}</span>}
        </li>
      ))}
    </ul>
  )
}
