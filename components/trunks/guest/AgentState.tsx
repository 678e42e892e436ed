'use client'

import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'

import { reasonOf, type GuestAgentQuery } from './use-guest-agent'

export function AgentState({ agent }: { readonly agent: GuestAgentQuery }) {
  const reason = reasonOf(agent)
  return (
    <div className="flex min-h-7 min-w-0 flex-1 basis-72 items-center gap-2">
      {agent.isFetching ? (
        <StatusMark status="unknown" label="Asking the guest agent…" />
      ) : reason === null ? (
        <StatusMark status="ok" label="The guest agent answers" />
      ) : (
        <>
          <StatusMark status="warn" label="No guest agent" isCompact />
          <span className="min-w-0 text-sm text-dim">{reason}</span>
          <Button size="sm" onClick={() => void agent.refetch()}>
            Ask again
          </Button>
        </>
      )}
    </div>
  )
}
