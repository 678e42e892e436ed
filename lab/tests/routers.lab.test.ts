import { beforeEach, expect, it } from 'vitest'
import { runScenario, type ScenarioName } from '../scenarios/scenarios'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

it.each<[ScenarioName, string]>([
  ['dvr-east-west', 'each host routes what its VMs send, and one edit makes the router a centralized one, and back'],
  ['dvr-east-west-vlan', 'also where the networks are VLANs'],
  [
    'router-centralized',
    'Open vSwitch and Linux bridge hosts are joined by the network host and led out, and a floating IP moves between their VMs',
  ],
  ['port-forwarding', 'single ports of an address lead to services of VMs, by a router of either kind'],
  [
    'floating-ip',
    'a VM is reached from outside at its own host, by hand as well, when the host itself reaches it; the address moves to the host of another',
  ],
  ['snat', 'VMs of a distributed router leave by its central part, wherever that is, and what breaks the way is told'],
])('%s: %s', async (name) => {
  const report = await runScenario(name, { lab: testLab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.ok).toBe(true)
  expect(report.hops.filter(({ method }) => method === 'capture').length).toBeGreaterThanOrEqual(20)
})
