'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus, Server } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { compareNaturally } from '@/components/ui/compare-naturally'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { plural } from '@/server/core/explain/words'
import { isTroubled } from '@/server/core/host/host-health'
import type { HostSummary } from '@/server/core/api-types'

import { HostsTable } from './HostsTable'
import { HostTrouble } from './HostTrouble'
import { RegisterHostDialog } from './RegisterHostDialog'

const VIEW = { q: parseAsString.withDefault(''), new: parseAsString, vm: parseAsString }

export function HostsPage() {
  const trpc = useTRPC()
  const query = useQuery(trpc.hosts.list.queryOptions())
  const [view, setView] = useQueryStates(VIEW)
  const hosts = (query.data ?? []).toSorted((a, b) => compareNaturally(a.host.name, b.host.name))
  const shown = hosts.filter((host) => matches(host, view.q))
  const register = (
    <Button variant="primary" onClick={() => setView({ new: 'host' }, { history: 'push' })}>
      <Plus aria-hidden />
      Register host
    </Button>
  )
  return (
    <Page
      title="Hosts"
      meta={query.data && hosts.length > 0 && plural(hosts.length, 'host')}
      filter={
        <FilterInput
          label="Filter hosts"
          value={view.q}
          onValueChange={(q) => setView({ q })}
          count={`${shown.length} of ${hosts.length}`}
        />
      }
      actions={hosts.length > 0 && register}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the hosts">
        {() =>
          hosts.length === 0 ? (
            <EmptyState Icon={Server} title="No hosts yet" action={register}>
              The console enters hosts over SSH. A registered host is read and drawn; nothing on it changes before you prepare it and apply
              a plan.
            </EmptyState>
          ) : (
            <HostList hosts={shown} filter={view.q} onClearFilter={() => setView({ q: '' })} />
          )
        }
      </QueryBoundary>
      {view.new === 'host' && <RegisterHostDialog vmId={view.vm} onClose={() => setView({ new: null, vm: null })} />}
    </Page>
  )
}

interface HostListProps {
  readonly hosts: readonly HostSummary[]
  readonly filter: string
  readonly onClearFilter: () => void
}

function HostList({ hosts, filter, onClearFilter }: HostListProps) {
  const troubled = hosts.filter(({ health }) => isTroubled(health))
  if (hosts.length === 0) {
    return <NoMatch noun="host" filter={filter} onClear={onClearFilter} searched="Names, ids, addresses, roles and zones are searched." />
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      {troubled.length > 0 && (
        <div className="flex max-h-1/2 shrink-0 flex-col gap-2 overflow-auto border-b border-line p-3">
          {troubled.map(({ host, access, health }) => (
            <HostTrouble key={host.id} hostId={host.id} hostName={host.name} access={access} health={health} />
          ))}
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-hidden">
        <HostsTable hosts={hosts} />
      </div>
    </div>
  )
}

function matches({ host, access }: HostSummary, filter: string): boolean {
  const text = [host.name, host.id, access.address, host.tunnel?.address, host.availabilityZone, ...host.roles].join(' ').toLowerCase()
  return text.includes(filter.trim().toLowerCase())
}
