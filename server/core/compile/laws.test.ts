// Laws of compile over random designs: whatever operators are let do, each host has a desired state that agrees with itself, from which and to which
// there is a way.

import { expect, it } from 'vitest'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState } from '../host/host-state'
import { findImpacts } from '../plan/impacts'
import { listChanges } from '../plan/plan-host'
import { renderSteps } from '../render/render-steps'
import { findById } from '../topology/find'
import { afterAnyScript } from '../topology/testing/random-edits'
import type { Topology } from '../topology/topology'
import { compileHost } from './compile'

/** Counted ids differ at their end, and names of devices are made of the beginning. */
const withTellingIds = (topology: Topology): Topology =>
  JSON.parse(JSON.stringify(topology).replaceAll(/0{8}(-0000-4000-8000-)0{4}(\d{8})/g, '$2$10000$2')) as Topology

const afterAny = (law: (topology: Topology, before: Topology) => void, numRuns?: number) =>
  afterAnyScript((topology, before) => law(withTellingIds(topology), withTellingIds(before)), numRuns)

it('what was accepted compiles for every host', () =>
  afterAny((topology) => {
    for (const { id } of topology.hosts) {
      const state = compileHost(topology, id)
      expect(isEmptyDiff(diffHost(state, state))).toBe(true)
    }
  }))

it('there are steps from each design to the next and back, and what they do to ports can be told', () =>
  afterAny((topology, before) => {
    const plansTo = (desired: Topology, base: Topology) =>
      desired.hosts.map(({ id, name }) => {
        const diff = diffHost(compileHost(desired, id), findById(base.hosts, id) ? compileHost(base, id) : emptyHostState)
        const rest = { hostId: id, hostName: name, observedAt: '', undo: [], blocked: [], kept: [] }
        return { ...rest, changes: listChanges(diff), steps: renderSteps(diff, name) }
      })
    for (const [desired, base] of [
      [topology, before],
      [before, topology],
    ] as const)
      // prettier-ignore
      expect(findImpacts(plansTo(desired, base), desired, base).every(({ label }) => label !== '')).toBe(true)
  }, 20))
