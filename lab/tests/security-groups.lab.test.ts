import { beforeEach, expect, it } from 'vitest'
import { runSecurityGroupScenario } from '../scenarios/security-group-scenario'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

it('security-groups: what rules allow passes and nothing else, on both kinds of hosts, while they change under open connections; nothing left', async () => {
  const report = await runSecurityGroupScenario({ lab: testLab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.ok).toBe(true)
  const tried = report.reach ?? []
  expect([tried.filter(({ passed }) => passed).length, tried.filter(({ passed }) => !passed).length]).toEqual([21, 46])
})
