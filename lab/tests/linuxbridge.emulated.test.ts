// Linux bridge hosts need the kernel's 802.1Q, and the kernel's Open vSwitch is on the other side: both are hosts with a kernel of
// their own, booted once for these scenarios. Guests in them are emulated twice.

import { describe, expect, it } from 'vitest'
import { runMixedScenario } from '../scenarios/mixed-scenario'
import type { ScenarioReport } from '../scenarios/report'
import { EMULATED_LIVE_PINGS, linuxBridgeTrunk } from '../scenarios/trunk-setup'
import { runTrunkScenario } from '../scenarios/trunk-scenario'
import { testLab } from './settings'

const STORY_MS = 7_200_000
const capturedOn = (host: string, { hops }: ScenarioReport): string[] =>
  [
    ...new Set(
      hops
        .filter((hop) => hop.host === host && hop.method === 'capture')
        .map(({ interface: device }) => device.replace(/[0-9a-f]{8}-[0-9a-f]{2}$|\d+$/, '')),
    ),
  ].sort()

describe('hosts with the Linux bridge agent', () => {
  const options = { lab: testLab, isKept: false, onProgress: () => {} }

  it(
    'mixed-agents: a VLAN and a VXLAN network over a Linux bridge host and the kernel’s Open vSwitch, every hop proven',
    async () => {
      const report = await runMixedScenario(options)
      expect(report.problems).toEqual([])
      expect(report.ok).toBe(true)
      expect(capturedOn('cmp3', report)).toEqual(['brq', 'ens', 'ens38.', 'tap', 'vxlan-'])
      // The userspace datapath would have the tunnel's NIC in a bridge.
      expect(report.hops.map(({ host, interface: device }) => `${host} ${device}`)).not.toContain('cmp4 br-ens37')
    },
    STORY_MS,
  )

  it(
    'trunk-linuxbridge: the guest’s VLANs proven hop by hop, subports added and removed without losing a packet, nothing left in either order',
    async () => {
      const report = await runTrunkScenario(linuxBridgeTrunk, options)
      expect(report.problems).toEqual([])
      expect(report.ok).toBe(true)
      expect(report.livePings?.map(({ during, received }) => [during, received])).toEqual(
        ['add', 'add', 'remove', 'remove'].map((during) => [during, EMULATED_LIVE_PINGS.count]),
      )
      expect(capturedOn('cmp3', report)).toEqual(['brq', 'ens', 'ens38.', 'tap', 'vxlan-'])
    },
    STORY_MS,
  )
})
