import { expect, it } from 'vitest'

import { explainFinding } from '../explain/finding'
import { explainRunVerdict } from '../explain/run-verdict'
import { explainImpact } from '../explain/plan-findings'
import { blockedPlan } from '../explain/specimens/plans'
import { failedRun } from '../explain/specimens/runs'
import type { Plan } from './plan'
import type { Run, RunEvent } from './run'
import { readEvent, readPlan, readRun } from './stored'

// As it stands in databases of before findings were data.
const old = (changes: object) => JSON.parse(JSON.stringify(changes)) as unknown
const oldPlan = old({
  ...blockedPlan,
  hosts: [
    {
      ...blockedPlan.hosts[0],
      blocked: [
        { code: 'other_registration', hostId: 'h1', label: 'f1', message: 'cmp1: 12 bridges carry the mark of host f1.', formerId: 'f1' },
      ],
      kept: [
        {
          hostId: 'h1',
          kind: 'links',
          key: '/qbr1',
          label: 'link qbr1',
          message: 'link qbr1 stays: device eth9 is plugged into it, which is not ours.',
        },
      ],
      warnings: [{ code: 'adopted', hostId: 'h1', label: 'f1', message: 'cmp1: what host f1 left here is adopted.' }],
    },
  ],
  impacts: [{ kind: 'new', hostId: 'h1', portId: 'p1', label: 'web-1 (10.0.0.1)', reason: 'the port is plugged for the first time' }],
  warnings: [{ code: 'adopted', hostId: 'h1', label: 'f1', message: 'cmp1: what host f1 left here is adopted.' }],
}) as Plan

it('a stored plan of sentences says them still', () => {
  const { hosts, impacts, warnings } = readPlan(oldPlan)
  const [host] = hosts
  expect([host!.blocked, host!.kept, host!.warnings!, warnings!].map((findings) => findings.map(explainFinding))).toEqual([
    ['cmp1: 12 bridges carry the mark of host f1.'],
    ['link qbr1 stays: device eth9 is plugged into it, which is not ours.'],
    ['cmp1: what host f1 left here is adopted.'],
    ['cmp1: what host f1 left here is adopted.'],
  ])
  expect(host!.blocked[0]).toMatchObject({ code: 'said', severity: 'error', subject: { kind: 'host', id: 'h1' } })
  expect(impacts.map(({ reason }) => explainImpact(reason))).toEqual(['the port is plugged for the first time'])
})

it('a stored plan without warnings has none', () => {
  const { hosts, warnings } = readPlan({
    ...oldPlan,
    warnings: undefined,
    hosts: oldPlan.hosts.map((host) => ({ ...host, warnings: undefined })),
  } as unknown as Plan)
  expect([warnings, hosts[0]!.warnings]).toEqual([undefined, undefined])
})

it('leftovers of a stored run say what they said, in its record and in its events', () => {
  const run = old({ ...failedRun, leftovers: [{ hostId: 'h1', hostName: 'cmp1', label: 'VM web-1 (not known)' }] }) as Run
  const event = { type: 'finished', runId: run.id, seq: 9, at: '', run } as RunEvent
  const shown = readEvent(event)
  expect(readRun(run).leftovers.map(({ hostName, finding }) => [hostName, explainFinding(finding)])).toEqual([
    ['cmp1', 'VM web-1 (not known)'],
  ])
  const { verdict } = readRun(old({ ...failedRun, verdict: 'Revision 1 is in place.' }) as Run)
  expect(explainRunVerdict(verdict!)).toBe('Revision 1 is in place.')
  expect(shown.type === 'finished' && shown.run.leftovers).toEqual(readRun(run).leftovers)
})

it('what has the present form stays as it is', () => {
  expect(readPlan(blockedPlan)).toEqual(blockedPlan)
  expect(readRun(failedRun)).toEqual(failedRun)
})
