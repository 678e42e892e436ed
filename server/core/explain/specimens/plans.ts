// Sample plans for the gallery and for tests of pure view logic: what the planner makes of a small change (plan-design.ts), so that no command stands
// here which nobody renders.

import { compileHost } from '../../compile/compile'
import type { HostObservation } from '../../host/observation'
import { invariant } from '../../invariant'
import { findImpacts } from '../../plan/impacts'
import type { HostPlan, Plan } from '../../plan/plan'
import { planHost } from '../../plan/plan-host'
import { block, hostSubject } from '../../plan/subjects'
import { findWarnings } from '../../plan/warnings'
import { diffTopology } from '../../topology/changes'
import { topologyDigest } from '../../topology/digest'
import { findById } from '../../topology/find'
import { cmp1, cmp2 } from './paths'
import { after, before, readings } from './plan-design'

const planOf = (reading: HostObservation): HostPlan => {
  const host = findById(after.hosts, reading.hostId)
  invariant(host, `no host ${reading.hostId}`)
  return planHost(host, compileHost(after, host.id), reading)
}

export const [cmp1Plan, cmp2Plan] = readings.map(planOf) as [HostPlan, HostPlan]

/** Beside what is really planned, something of somebody else's that a bridge is kept for. */
const keptBridge: HostPlan['kept'][number] = {
  code: 'bridge-kept-for-port',
  severity: 'note',
  subject: { kind: 'ovsBridges', id: 'br-ens38', name: 'br-ens38' },
  params: { port: 'eth-lab' },
}
const hosts: readonly HostPlan[] = [{ ...cmp1Plan, kept: [keptBridge] }, cmp2Plan]

export const samplePlan: Plan = {
  id: '11110000-2222-4333-8444-555566667777',
  createdAt: '2026-11-20T23:41:08.000Z',
  baseRevision: 4,
  topologyDigest: topologyDigest(after),
  objects: diffTopology(before, after),
  hosts,
  impacts: findImpacts(hosts, after, before),
  warnings: findWarnings(hosts, after),
}

export const blockedPlan: Plan = {
  ...samplePlan,
  hosts: [
    {
      ...cmp1Plan,
      blocked: [
        block(
          { kind: 'ovsBridges', id: 'br-tun', name: 'br-tun' },
          {
            code: 'foreign-in-the-way',
            params: { host: cmp1.name, thing: { code: 'resource', params: { label: 'OVS bridge br-tun' } }, owner: null },
          },
        ),
        block(hostSubject(cmp1), {
          code: 'other-registration',
          params: { host: cmp1.name, formerId: '5e6f7a8b-4600-4000-8000-0000000000aa', count: 12 },
        }),
      ],
    },
    {
      ...cmp2Plan,
      blocked: [block({ kind: 'links', id: '/ens37', name: 'ens37' }, { code: 'nic-carries-ssh', params: { host: cmp2.name, by: null } })],
    },
  ],
}

export const emptyPlan: Plan = {
  ...samplePlan,
  objects: [],
  impacts: [],
  hosts: samplePlan.hosts.map((host) => ({ ...host, changes: [], steps: [], undo: [], kept: [] })),
}

/** As long as a real first build of a rack. */
export const longPlan: Plan = {
  ...samplePlan,
  hosts: [
    {
      ...cmp1Plan,
      changes: Array.from({ length: 4_000 }, (_, index) => {
        const each = cmp1Plan.changes[index % cmp1Plan.changes.length]!
        return { ...each, key: `${each.key} ${index}` }
      }),
    },
    cmp2Plan,
  ],
}
