// Which hosts the trunk scenario takes, and what is particular to the wiring of the parent's host: where its guest's tags are seen, what is
// made per subport, and what somebody else made there by hand.

import { labExec } from '../lab'
import type { HostAgents } from './design'
import { openVswitchThings, linuxBridgeThings, type Foreign } from './foreign'
import { LIVE_PINGS, type PingRate } from './live-change'

/** Two minutes: a change of an emulated host takes up to one. A guest that is emulated twice cannot ping every 10 ms, which linuxbridge.vmhost.test.ts does. */
export const EMULATED_LIVE_PINGS: PingRate = { count: 600, intervalMs: 200 }

export interface TrunkSetup {
  readonly scenario: string
  readonly hosts: HostAgents
  /** VM hosts among them, which the lab boots when asked. */
  readonly extras: readonly string[]
  readonly parentHost: string
  readonly peerHost: string
  /** Devices that show the guest's tag, and no others (docs/reference/frames.md). */
  readonly tagged: readonly string[]
  /** Whether the plan has to warn of tagged frames on qbr. */
  readonly isWarned: boolean
  readonly foreign: Foreign
  /** Through each live change, which must take less time. */
  readonly livePings: PingRate
  /** Devices of the host that stand for ports of a trunk. */
  readonly listTrunkDevices: (lab: string) => Promise<string[]>
}

const lines = async (lab: string, host: string, argv: readonly string[]): Promise<string[]> =>
  (await labExec(lab, host, argv)).stdout.split('\n').filter((line) => line !== '')

export const openVswitchTrunk: TrunkSetup = {
  scenario: 'trunk-ovs',
  hosts: { net1: 'openvswitch', cmp1: 'openvswitch', cmp2: 'openvswitch' },
  extras: [],
  parentHost: 'cmp1',
  peerHost: 'cmp2',
  tagged: ['tap', 'qvo'],
  isWarned: true,
  foreign: openVswitchThings,
  livePings: LIVE_PINGS,
  listTrunkDevices: async (lab) =>
    (await lines(lab, 'cmp1', ['ovs-vsctl', '--bare', '--columns=name', 'find', 'Interface', 'type=patch'])).filter((name) =>
      /^[ts]p[ti]-/.test(name),
    ),
}

/** VLAN interfaces need the kernel's 802.1Q, so the parent's host is a machine of its own; the peer's boots faster without one. */
export const linuxBridgeTrunk: TrunkSetup = {
  scenario: 'trunk-linuxbridge',
  hosts: { net1: 'openvswitch', cmp1: 'openvswitch', cmp3: 'linuxbridge' },
  extras: ['cmp3'],
  parentHost: 'cmp3',
  peerHost: 'cmp1',
  tagged: ['tap'],
  isWarned: false,
  foreign: linuxBridgeThings,
  livePings: EMULATED_LIVE_PINGS,
  listTrunkDevices: async (lab) =>
    (await lines(lab, 'cmp3', ['ip', '-o', 'link', 'show', 'type', 'vlan']))
      .map((line) => line.split(': ')[1] ?? line)
      .filter((name) => name.startsWith('tap')),
}
