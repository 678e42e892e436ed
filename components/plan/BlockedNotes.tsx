import { Notice } from '@/components/ui/Notice'
import { explainFinding } from '@/server/core/explain/finding'
import { plural } from '@/server/core/explain/words'
import type { Plan } from '@/server/core/plan/plan'

import { AdoptButton } from './AdoptButton'

/** Why the plan cannot be applied: the thing, the host and the way out. Above everything else. */
export function BlockedNotes({ plan }: { readonly plan: Plan }) {
  const blocked = plan.hosts.flatMap((host) => host.blocked.map((finding) => ({ host, finding, sentence: explainFinding(finding) })))
  if (blocked.length === 0) return null
  return (
    <div className="shrink-0 border-b border-line p-3">
      <Notice status="bad" title={`Blocked by ${plural(blocked.length, 'thing')}`}>
        <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
          {blocked.map(({ host, finding, sentence }) => (
            <li key={`${host.hostId}/${sentence}`} className="flex min-w-0 gap-3">
              <span className="w-20 shrink-0 truncate font-mono text-sm text-ink">{host.hostName}</span>
              {finding.subject.kind !== 'host' && (
                <span className="w-44 shrink-0 truncate font-mono text-sm text-ink" title={finding.subject.name}>
                  {finding.subject.name}
                </span>
              )}
              <span className="min-w-0 flex-1 break-words">{sentence}</span>
              {finding.code === 'other-registration' && (
                <AdoptButton hostId={host.hostId} hostName={host.hostName} formerId={finding.params.formerId} />
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
