import { beforeEach, expect, it } from 'vitest'
import { runNetworkScenario } from '../scenarios/network-scenario'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

it.each(['flat', 'vlan', 'vxlan'] as const)(
  '%s: packets at every hop, an empty second plan, nothing left, foreign things untouched',
  async (type) => {
    const report = await runNetworkScenario(type, { lab: testLab, isKept: false, onProgress: () => {} })
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.hops.filter((hop) => hop.method === 'capture').length).toBeGreaterThanOrEqual(6)
    expect(report.hops.filter((hop) => hop.method === 'flow-counter').length).toBeGreaterThanOrEqual(2)
  },
)
