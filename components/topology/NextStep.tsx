'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

import { routes } from '@/components/lib/routes'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import type { Topology } from '@/server/core/topology/topology'

import type { TopologyViewState } from './topology-view'

interface NextStepProps {
  readonly topology: Topology
  readonly state: TopologyViewState
}

interface StepItem {
  readonly label: string
  readonly why: string
  readonly isDone: boolean
  readonly action: ReactNode
}

/** An empty canvas: what comes first, what comes then. */
export function NextStep({ topology, state }: NextStepProps) {
  const steps = stepsOf(topology, state)
  const next = steps.findIndex((step) => !step.isDone)
  return (
    <section aria-label="Next step" className="mx-auto flex w-full max-w-lg flex-col gap-3 px-4 py-12">
      <div>
        <h2 className="text-lg">Nothing is designed yet</h2>
        <p className="text-dim">Five steps to the first ping across hosts.</p>
      </div>
      <ol className="rounded-md border border-line bg-panel">
        {steps.map((step, index) => (
          <li key={step.label} className="flex items-center gap-3 border-b border-line px-3 py-2.5 last:border-b-0">
            <span className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong/60 text-xs text-faint">
              {step.isDone ? <Check aria-label="done" className="size-3 text-ok" /> : index + 1}
            </span>
            <span className="min-w-0 flex-1">
              <span className={index === next ? 'font-medium' : 'text-dim'}>{step.label}</span>
              <span className="block text-sm text-faint">{step.why}</span>
            </span>
            {index === next && step.action}
          </li>
        ))}
      </ol>
    </section>
  )
}

function stepsOf(topology: Topology, state: TopologyViewState): readonly StepItem[] {
  return [
    {
      label: 'Register a host',
      why: 'The console enters it over SSH and reads what is there.',
      isDone: topology.hosts.length > 0,
      action: (
        <Link href={routes.hosts({ isRegistering: true })} className={buttonClass('primary', 'sm')}>
          Register host
        </Link>
      ),
    },
    {
      label: 'Prepare it',
      why: 'From then on a plan may build bridges there. Nothing is touched before you apply one.',
      isDone: topology.hosts.some((host) => host.isPrepared),
      action: (
        <Link href={topology.hosts[0] ? routes.host(topology.hosts[0].id) : routes.hosts()} className={buttonClass('primary', 'sm')}>
          Open the host
        </Link>
      ),
    },
    {
      label: 'Create a project',
      why: 'Networks and VMs belong to one.',
      isDone: topology.projects.length > 0,
      action: <CreateButton label="Create project" onClick={() => state.create('project')} />,
    },
    {
      label: 'Create a network with a subnet',
      why: 'VXLAN needs a tunnel address on every host, VLAN a physical network.',
      isDone: topology.networks.length > 0,
      action: <CreateButton label="Create network" onClick={() => state.create('network')} />,
    },
    {
      label: 'Create VMs on it',
      why: 'Then plan, apply, and verify the path between them.',
      isDone: topology.vms.length > 0,
      action: <CreateButton label="Create VM" onClick={() => state.create('vm')} />,
    },
  ]
}

function CreateButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="sm" variant="primary" onClick={onClick}>
      {label}
    </Button>
  )
}
