import Link from 'next/link'

import { healthMark, STALE_READING_S } from '@/components/hosts/host-health'
import { RoleBadges } from '@/components/hosts/RoleBadges'
import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { Panel } from '@/components/ui/Panel'
import { StatusMark } from '@/components/ui/StatusMark'
import type { OverviewHost } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'

import { shownHosts } from './shown-hosts'

export function HostsPanel({ hosts }: { readonly hosts: readonly OverviewHost[] }) {
  const count = (status: OverviewHost['health']['status']) => hosts.filter(({ health }) => health.status === status).length
  const unchecked = count('unknown')
  const shown = shownHosts(hosts)
  return (
    <Panel
      title="Hosts"
      meta={`${count('reachable')} of ${hosts.length} reachable${unchecked > 0 ? `, ${unchecked} not checked` : ''}`}
      isFlush
      actions={
        <Link href={routes.hosts()} className={buttonClass('ghost', 'sm')}>
          All hosts
        </Link>
      }
    >
      {hosts.length === 0 && <p className="p-3 text-faint">No hosts yet.</p>}
      <ul aria-label="Hosts">
        {shown.map((host) => (
          <li key={host.id} className="border-b border-line last:border-b-0">
            <HostLine host={host} />
          </li>
        ))}
      </ul>
      {shown.length < hosts.length && (
        <Link
          href={routes.hosts()}
          className="block border-t border-line px-3 py-1.5 text-sm text-dim hover:bg-hover focus-visible:-outline-offset-2"
        >
          {plural(hosts.length - shown.length, 'more host')}
        </Link>
      )}
    </Panel>
  )
}

function HostLine({ host: { id, name, roles, health, isPrepared, isReadOnly } }: { readonly host: OverviewHost }) {
  return (
    <Link
      href={routes.host(id)}
      title={health.said ?? undefined}
      className="grid min-h-8 grid-cols-[minmax(0,1fr)_132px_136px_92px_96px] items-center gap-2 px-3 py-1 hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="truncate font-medium">{name}</span>
      <StatusMark {...healthMark(health)} />
      <RoleBadges roles={roles} />
      <span className="truncate text-sm text-faint">{isReadOnly ? 'read-only' : isPrepared ? 'prepared' : 'not prepared'}</span>
      <span className="text-right text-sm text-dim">
        <Age at={health.observedAt} staleAfterS={STALE_READING_S} never="never read" />
      </span>
    </Link>
  )
}
