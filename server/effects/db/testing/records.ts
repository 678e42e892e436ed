// Small records for store tests: a plan, a run, an endpoint. Only what the test looks at differs.

import { said as quote } from '@/server/core/quoted'
import { PAGE_SIZE } from '@/server/core/paging'
import { emptyHostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import type { Endpoint } from '@/server/core/path/path'
import type { Verification } from '@/server/core/path/verification'
import type { Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'

export const aPlan = (id: string): Plan => ({
  id,
  createdAt: '2026-01-01T00:00:00.000Z',
  baseRevision: 0,
  topologyDigest: 'd',
  objects: [],
  hosts: [],
  impacts: [],
})

export const aRun = (id: string, plan: Plan, changes: Partial<Run> = {}): Run => ({
  id,
  planId: plan.id,
  status: 'running',
  phase: 'observing',
  actor: 'local',
  waitsFor: [],
  desiredDigests: {},
  startedAt: '2026-01-01T00:00:01.000Z',
  finishedAt: null,
  revision: null,
  steps: [],
  leftovers: [],
  timings: [],
  verdict: null,
  plan,
  ...changes,
})

export const phaseEvent = (runId: string, seq: number): RunEvent => ({
  runId,
  seq,
  at: '2026-01-01T00:00:02.000Z',
  type: 'phase',
  phase: 'executing',
})

export const anObservation = (hostId: string, observedAt: string): HostObservation => ({
  hostId,
  observedAt,
  durationMs: 1,
  state: emptyHostState,
  facts: {
    hostname: 'cmp1',
    kernel: '6.1.0',
    ovsVersion: '3.1.0',
    ovsDatapathTypes: ['netdev'],
    hasKernelDatapath: false,
    kvm: 'no-device',
    libvirtVersion: null,
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed: [{ section: 'links', text: 'what?', reason: quote('unknown') }],
})

export const firstPage = { limit: PAGE_SIZE, cursor: null } as const

const anEndpoint = (label: string): Endpoint => ({
  id: `port of ${label}`,
  portId: `port of ${label}`,
  label,
  kind: 'vm',
  hostId: 'h',
  hostName: 'cmp1',
  networkId: 'n',
  networkName: 'blue',
  macAddress: 'fa:16:3e:00:00:01',
  ipAddress: '10.0.1.5',
})

export const aVerification = (id: string): Verification => ({
  id,
  status: 'passed',
  source: anEndpoint('web-1'),
  destination: anEndpoint('web-2'),
  startedAt: '2026-01-01T00:00:03.000Z',
  durationMs: 900,
  ping: null,
  dhcp: [],
  hops: [],
  verdict: { code: 'answered', params: { transmitted: 5, unmeasured: [] } },
  firstBadHopId: null,
})

export const pairOf = ({ source, destination }: Verification) => ({ from: source.id, to: destination.id })
