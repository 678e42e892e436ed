'use client'

import { Server } from 'lucide-react'

import { Age } from '@/components/ui/Age'
import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { EncapsulationChip } from '@/components/ui/EncapsulationChip'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Kbd } from '@/components/ui/Kbd'
import { Notice } from '@/components/ui/Notice'
import { Panel } from '@/components/ui/Panel'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useNow } from '@/components/ui/use-now'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import type { Encapsulation } from '@/server/core/path/path'

const STATUSES: readonly Status[] = ['ok', 'warn', 'bad', 'unknown']
const ENCAPSULATIONS: readonly Encapsulation[] = [
  { kind: 'untagged' },
  { kind: 'local-vlan', vlan: 3 },
  { kind: 'dot1q', vlanId: 101 },
  { kind: 'vxlan', vni: 100, source: '192.168.150.10', destination: '192.168.150.11' },
]
const FAILED_COMMAND = {
  argv: ['ovs-vsctl', '--timeout=10', '--', 'add-port', 'br-int', 'qvo9f9c98cb-13', '--', 'set', 'Interface', 'qvo9f9c98cb-13'],
  exitCode: 1,
  stdout: '',
  stderr: 'ovs-vsctl: cannot create a port named qvo9f9c98cb-13 because a port named qvo9f9c98cb-13 already exists on bridge br-ex\n',
  durationMs: 412,
}

export function StateSpecimens() {
  return (
    <>
      <Panel title="States">
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap gap-4">
            {STATUSES.map((status) => (
              <StatusMark key={status} status={status} />
            ))}
          </div>
          <div className="flex flex-wrap gap-2">
            <Badge>compute</Badge>
            {STATUSES.map((status) => (
              <Badge key={status} status={status}>
                {status}
              </Badge>
            ))}
          </div>
          <div className="flex flex-wrap gap-2">
            {ENCAPSULATIONS.map((encapsulation) => (
              <EncapsulationChip key={encapsulation.kind} encapsulation={encapsulation} />
            ))}
          </div>
          <div className="flex flex-wrap gap-4 text-dim">
            <AgeSpecimens />
            <Age at={null} never="never read" />
            <span className="inline-flex items-center gap-1">
              <Kbd>Ctrl</Kbd>
              <Kbd>K</Kbd>
            </span>
          </div>
          <div className="hatched rounded-md border border-line px-3 py-2 text-faint">virbr0: not ours</div>
          {STATUSES.map((status) => (
            <Notice key={status} status={status} title={`A notice that is ${status}`}>
              One sentence that says why, and what follows from it.
            </Notice>
          ))}
        </div>
      </Panel>
      <Panel title="Errors">
        <div className="flex flex-col gap-3">
          <ErrorNote
            title="Adding the port"
            error={{
              code: 'command_failed',
              message: 'ovs-vsctl failed on cmp1.',
              host: 'cmp1',
              command: FAILED_COMMAND,
              undone: 'the 3 steps before it',
            }}
            actions={<Button>Try again</Button>}
          />
          <ErrorNote
            error={{
              code: 'conflict',
              message: '10.0.0.0/24 overlaps with a subnet of the same network.',
              objects: ['web', 'db'],
            }}
          />
        </div>
      </Panel>
      <Panel title="Nothing here">
        <EmptyState Icon={Server} title="No hosts yet" action={<Button variant="primary">Register host</Button>}>
          Tapline enters hosts over SSH. Register one to see what is inside.
        </EmptyState>
      </Panel>
      <Panel title="On its way" isFlush>
        <SkeletonRows />
      </Panel>
    </>
  )
}

function AgeSpecimens() {
  const now = useNow()
  if (now === null) return null
  return [2, 75, 4000].map((seconds) => <Age key={seconds} at={new Date(now - seconds * 1000).toISOString()} staleAfterS={60} />)
}
