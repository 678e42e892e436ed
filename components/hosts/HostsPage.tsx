'use client'

import { useQuery } from '@tanstack/react-query'
import { Server } from 'lucide-react'
import { parseAsString, useQueryStates } from 'nuqs'

import { ListPage } from '@/components/design/ListPage'
import { useTRPC } from '@/components/lib/trpc'
import { matches } from '@/components/networks/matches'
import { compareNaturally } from '@/components/ui/compare-naturally'
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
  const shown = hosts.filter((host) => matches(view.q, wordsOf(host)))
  return (
    <ListPage
      kind="host"
      query={query}
      act="Loading the hosts"
      Icon={Server}
      purpose="The console enters hosts over SSH. A registered host is read and drawn; nothing on it changes before you prepare it and apply a plan."
      total={hosts.length}
      shown={shown.length}
      filter={view.q}
      onFilter={(q) => setView({ q })}
      searched="Names, ids, addresses, roles and zones are searched."
      onCreate={() => setView({ new: 'host' }, { history: 'push' })}
      createLabel="Register host"
      table={<HostList hosts={shown} />}
    >
      {view.new === 'host' && <RegisterHostDialog vmId={view.vm} onClose={() => setView({ new: null, vm: null })} />}
    </ListPage>
  )
}

function HostList({ hosts }: { readonly hosts: readonly HostSummary[] }) {
  const troubled = hosts.filter(({ health }) => isTroubled(health))
  return (
    <div className="flex h-full flex-col">
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

const wordsOf = ({ host, access }: HostSummary): readonly string[] => [
  host.name,
  host.id,
  access.address,
  host.tunnel?.address ?? '',
  host.availabilityZone,
  ...host.roles,
]
