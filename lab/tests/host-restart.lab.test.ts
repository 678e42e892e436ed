import { beforeEach, expect, it } from 'vitest'
import { runRestartScenario } from '../scenarios/restart-scenario'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

it('host-restart: two power cuts and a crash of the switch are mended by the hosts themselves; afterwards nothing is to be planned', async () => {
  const report = await runRestartScenario({ lab: testLab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.ok).toBe(true)
  expect(report.restarts?.map(({ host, result, pings }) => [host, result.split(' ')[0], pings.map(({ received }) => received)])).toEqual([
    ['cmp1', '0', [5, 5, 5, 5, 5]],
    ['net1', '0', [5, 5, 5, 5, 5]],
    ['cmp2', '0', [5, 5, 5, 5, 5]],
  ])
})
