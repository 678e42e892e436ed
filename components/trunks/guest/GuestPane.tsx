'use client'

import { useQuery } from '@tanstack/react-query'
import { Play, Square, Terminal } from 'lucide-react'
import { useState } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { CopyTextButton } from '@/components/ui/CopyTextButton'
import { EmptyState } from '@/components/ui/EmptyState'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Select } from '@/components/ui/Select'
import type { TrunkDetail } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'
import type { DhcpClient, GuestSetup } from '@/server/core/trunk/guest-commands'

import { AgentState } from './AgentState'
import { dhcpClients, firstDhcpClient } from './dhcp-clients'
import { GuestSetupBlock } from './GuestSetupBlock'
import { RunInGuestDialog } from './RunInGuestDialog'
import { useGuestAgent, whyNotRun } from './use-guest-agent'
import { useGuestRuns } from './use-guest-runs'

interface GuestPaneProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
}

/** What the guest has to do: commands to copy, or to be run through its agent when the operator agrees. */
export function GuestPane({ index, trunk }: GuestPaneProps) {
  const trpc = useTRPC()
  const [dhcpClient, setDhcpClient] = useState<DhcpClient>(firstDhcpClient)
  const query = useQuery(trpc.trunks.guestCommands.queryOptions({ id: trunk.id, dhcpClient }))
  if (trunk.subPorts.length === 0) {
    return (
      <EmptyState Icon={Terminal} title="Nothing to do in the guest yet">
        The parent is an ordinary NIC. Each subport will need a VLAN interface in the guest; the commands for it appear here.
      </EmptyState>
    )
  }
  return (
    <QueryBoundary query={query} act="Loading the commands">
      {(setups) => <Setups index={index} trunk={trunk} setups={setups} dhcpClient={dhcpClient} onDhcpClientChange={setDhcpClient} />}
    </QueryBoundary>
  )
}

interface SetupsProps extends GuestPaneProps {
  readonly setups: readonly GuestSetup[]
  readonly dhcpClient: DhcpClient
  readonly onDhcpClientChange: (client: DhcpClient) => void
}

function Setups({ index, trunk, setups, dhcpClient, onDhcpClientChange }: SetupsProps) {
  const agent = useGuestAgent(trunk.id)
  const runs = useGuestRuns(trunk.id)
  const [asked, setAsked] = useState<readonly GuestSetup[] | null>(null)
  const parent = index.port(trunk.portId)
  const vmName = (parent && index.vmOf(parent)?.name) ?? 'the guest'
  const reason = runs.runningId === null ? whyNotRun(agent) : 'Commands are running.'
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex shrink-0 flex-wrap items-end gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        <Select
          label="DHCP client of the guest"
          className="w-52"
          value={dhcpClient}
          onValueChange={onDhcpClientChange}
          options={dhcpClients}
        />
        <AgentState agent={agent} />
        <div className="ml-auto flex items-center gap-2">
          <CopyTextButton value={setups.map(({ text }) => text).join('\n')}>Copy all commands</CopyTextButton>
          {runs.runningId === null ? (
            <Button variant="primary" disabledReason={reason} onClick={() => setAsked(setups)}>
              <Play aria-hidden />
              Run in the guest
            </Button>
          ) : (
            <Button onClick={runs.stop}>
              <Square aria-hidden />
              Stop, {plural(runs.waitingCount, 'subport')} left
            </Button>
          )}
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4">
        {runs.error && <ErrorNote title="Running the commands in the guest" error={runs.error} />}
        {setups.map((setup) => (
          <GuestSetupBlock
            key={setup.portId}
            index={index}
            setup={setup}
            run={runs.results.get(setup.portId)}
            isRunning={runs.runningId === setup.portId}
            disabledReason={reason}
            onRun={() => setAsked([setup])}
          />
        ))}
      </div>
      {asked && (
        <RunInGuestDialog
          vmName={vmName}
          setups={asked}
          onClose={() => setAsked(null)}
          onAgreed={() => {
            setAsked(null)
            void runs.run(
              asked.map(({ portId }) => portId),
              dhcpClient,
            )
          }}
        />
      )}
    </div>
  )
}
