'use client'

import { CircleSlash } from 'lucide-react'

import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { KeyValue } from '@/components/ui/KeyValue'
import { Notice } from '@/components/ui/Notice'
import { Panel } from '@/components/ui/Panel'
import type { Status } from '@/components/ui/status'
import { StatusMark } from '@/components/ui/StatusMark'
import { traitsOf } from '@/server/core/agents/agent-traits'
import type { HostDetail } from '@/server/core/api-types'
import { agentWords } from '@/server/core/explain/agent'
import { explainRestore, explainRestoreResult } from '@/server/core/explain/restore'
import type { RestoreState } from '@/server/core/restore/restore-state'
import type { HostFacts } from '@/server/core/host/observation'
import { explainFinding } from '@/server/core/explain/finding'
import { KVM_OBSTACLES, toolPurposes } from '@/server/core/explain/host'
import type { Host } from '@/server/core/topology/kinds/host/host'

import { useLastProbe, useReadHost } from './use-read-host'

/** What the host is made of: versions, agents, tools and what each missing one is for. */
export function HostFactsPane({ detail: { host, access, facts, restore } }: { readonly detail: HostDetail }) {
  const probe = useLastProbe(host.id)
  const reading = useReadHost()
  const check = (
    <Button isBusy={reading.isReading} onClick={() => reading.run(host.id)}>
      {reading.isReading ? 'Checking…' : 'Check tools'}
    </Button>
  )
  if (!facts) {
    return (
      <EmptyState Icon={CircleSlash} title="Not read yet" action={check}>
        Versions, tools and agents are known after the first reading.
      </EmptyState>
    )
  }
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-start gap-4 p-4">
      {probe && probe.warnings.length > 0 && (
        <div className="col-span-2 flex flex-col gap-2">
          {probe.warnings.map(explainFinding).map((sentence) => (
            <Notice key={sentence} status="warn" title={sentence} />
          ))}
        </div>
      )}
      <Panel title="Facts">
        <KeyValue items={factItems(facts, host)} />
      </Panel>
      <Panel title="Tools" actions={check}>
        <ToolList facts={facts} purposes={toolPurposes(host)} />
      </Panel>
      <Panel title="After a restart" className="col-span-2">
        <RestoreNote restore={restore} />
      </Panel>
      <Panel title="Identity" className="col-span-2">
        <KeyValue
          items={[
            ...(host.description === undefined ? [] : [{ label: 'Description', value: host.description }]),
            { label: 'Host UUID', value: host.id, isMono: true },
            { label: 'DVR MAC', value: host.dvrMac, isMono: true },
            { label: 'Accepted host key', value: access.fingerprint, isMono: true },
          ]}
        />
      </Panel>
    </div>
  )
}

const RESTORE_MARKS: Record<RestoreState['status'], Status> = {
  none: 'unknown',
  unknown: 'unknown',
  current: 'ok',
  other: 'warn',
  disabled: 'warn',
  foreign: 'warn',
}

function RestoreNote({ restore }: { readonly restore: RestoreState }) {
  const result = explainRestoreResult(restore)
  return (
    <div className="flex flex-col gap-1">
      <StatusMark status={RESTORE_MARKS[restore.status]} label={explainRestore(restore)} />
      {restore.lastResult && result && (
        <span className="flex gap-2">
          <StatusMark status={restore.lastResult.exitCode === 0 ? 'ok' : 'bad'} label={result} />
          <Age at={restore.lastResult.finishedAt} />
        </span>
      )}
    </div>
  )
}

function factItems(facts: HostFacts, host: Pick<Host, 'agentKind'>) {
  return [
    { label: 'Agent', value: agentWords[host.agentKind] },
    { label: 'Host name', value: facts.hostname, isMono: true },
    { label: 'Kernel', value: facts.kernel, isMono: true },
    {
      label: 'Open vSwitch',
      value: facts.ovsVersion ?? <StatusMark status={traitsOf(host).usesOpenvswitch ? 'bad' : 'unknown'} label="Does not answer" />,
    },
    { label: 'Datapath', value: facts.hasKernelDatapath ? 'kernel module' : 'userspace only (no openvswitch module)' },
    { label: 'libvirt', value: facts.libvirtVersion ?? <StatusMark status="unknown" label="Not there" /> },
    { label: 'KVM', value: KVM_OBSTACLES[facts.kvm] ?? 'usable' },
    {
      label: 'Neutron agents',
      value: facts.neutronAgents.length > 0 ? <StatusMark status="warn" label={facts.neutronAgents.join(', ')} /> : 'none',
    },
    { label: 'SSH comes in by', value: facts.sshLink, isMono: true },
  ]
}

/** What is needed and missing first: that is what one came for; what is not needed last. */
function ToolList({ facts, purposes }: { readonly facts: HostFacts; readonly purposes: Readonly<Record<string, string>> }) {
  const tools = Object.entries(facts.tools).sort(
    ([a, hasA], [b, hasB]) => Number(b in purposes) - Number(a in purposes) || Number(hasA) - Number(hasB) || a.localeCompare(b),
  )
  return (
    <ul aria-label="Tools" className="flex flex-col gap-1">
      {tools.map(([tool, isThere]) => (
        <li key={tool} className="flex min-w-0 items-center gap-2">
          <ToolMark isThere={isThere} isNeeded={tool in purposes} />
          <span className="w-36 shrink-0 truncate font-mono text-sm">{tool}</span>
          <span className={isThere || !(tool in purposes) ? 'min-w-0 truncate text-faint' : 'min-w-0'} title={purposes[tool]}>
            {purposes[tool] ?? 'not needed on this host'}
          </span>
        </li>
      ))}
    </ul>
  )
}

function ToolMark({ isThere, isNeeded }: { readonly isThere: boolean; readonly isNeeded: boolean }) {
  const status = isThere ? 'ok' : isNeeded ? 'bad' : 'unknown'
  return <StatusMark status={status} label={isThere ? 'There' : 'Missing'} className="w-20 shrink-0" />
}
