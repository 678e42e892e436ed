import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import { emptyHostState } from '../host/host-state'
import { explainBlastRadius } from '../explain/plan'
import { ids, sampleTopology } from '../testing/sample-topology'

import { findImpacts } from './impacts'
import type { HostPlan, Plan } from './plan'
import { listChanges } from './plan-host'

const drawn = sampleTopology()
const host = ids.host(2)
const found = compileHost(drawn, host)
const going: HostPlan = { hostId: host, hostName: 'cmp1', observedAt: '', changes: listChanges(diffHost(emptyHostState, found)), steps: [], undo: [], blocked: [], kept: [] }
const empty = { ...drawn, vms: [], ports: [], trunks: [], nestedUplinks: [] }
const vms = found.domains.map(({ title }) => `VM ${title}`)

it('what another registration left, once it is adopted, is in the blast radius of its removal: each VM and each port', () => {
  const impacts = findImpacts([going], empty, empty)
  expect(new Set(impacts.map(({ kind, reason }) => `${kind} ${reason.code}`))).toEqual(new Set(['removed of-no-design']))
  expect(impacts.map(({ label }) => label)).toEqual(expect.arrayContaining(vms))
  expect(impacts.length).toBeGreaterThan(vms.length)
  expect(explainBlastRadius({ hosts: [going], impacts } as unknown as Plan)).toBe(`${impacts.length} VMs and ports that no design here has go away.`)
})

it('what a design here had is in it by its ports', () => {
  expect(findImpacts([going], empty, drawn).filter(({ reason }) => reason.code === 'of-no-design')).toEqual([])
})
