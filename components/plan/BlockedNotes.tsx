import { Notice } from '@/components/ui/Notice'
import { plural } from '@/server/core/explain/words'
import type { Plan } from '@/server/core/plan/plan'

import { AdoptButton } from './AdoptButton'

/** Why the plan cannot be applied: the thing, the host and the way out. Above everything else. */
export function BlockedNotes({ plan }: { readonly plan: Plan }) {
  const blocked = plan.hosts.flatMap((host) => host.blocked.map((each) => ({ ...each, hostName: host.hostName })))
  if (blocked.length === 0) return null
  return (
    <div className="shrink-0 border-b border-line p-3">
      <Notice status="bad" title={`Blocked by ${plural(blocked.length, 'thing')}`}>
        <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
          {blocked.map((each) => (
            <li key={`${each.hostId}/${each.code}/${each.label}`} className="flex min-w-0 gap-3">
              <span className="w-20 shrink-0 truncate font-mono text-sm text-ink">{each.hostName}</span>
              {each.label !== each.hostName && (
                <span className="w-44 shrink-0 truncate font-mono text-sm text-ink" title={each.label}>
                  {each.label}
                </span>
              )}
              <span className="min-w-0 flex-1 break-words">{each.message}</span>
              {each.formerId && <AdoptButton hostId={each.hostId} hostName={each.hostName} formerId={each.formerId} />}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
