// Linux bridge hosts need the kernel's 802.1Q, so these stories share the run's lab with VM hosts, booted once.

import { describe, expect, it } from 'vitest'
import { LIVE_PINGS } from '../scenarios/live-change'
import { tellMixedStory } from '../scenarios/mixed-story'
import { linuxBridgeTrunk } from '../scenarios/trunk-cast'
import { tellTrunkStory } from '../scenarios/trunk-story'
import { vmTestLab } from './settings'

describe('hosts with the Linux bridge agent', () => {
  const options = { lab: vmTestLab, isKept: false, onProgress: () => {} }

  it('mixed-agents: a VLAN and a VXLAN network over a Linux bridge host and the kernel’s Open vSwitch, every hop proven', async () => {
    const report = await tellMixedStory(options)
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    const captured = report.hops.filter((hop) => hop.method === 'capture' && hop.host === 'cmp3').map(({ interface: device }) => device.replace(/[0-9a-f]{8}-[0-9a-f]{2}$/, ''))
    expect(captured).toEqual(expect.arrayContaining(['tap', 'brq', expect.stringMatching(/^ens38\.\d+$/), 'ens38', expect.stringMatching(/^vxlan-\d+$/), 'ens37']))
  }, 900_000)

  it('trunk-linuxbridge: the guest’s VLANs proven hop by hop, subports added and removed without losing a packet, nothing left in either order', async () => {
    const report = await tellTrunkStory(linuxBridgeTrunk, options)
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.livePings?.map(({ during, received }) => [during, received])).toEqual(['add', 'add', 'remove', 'remove'].map((during) => [during, LIVE_PINGS]))
  }, 900_000)
})
