import { expect, it } from 'vitest'
import type { OvsPort } from '../host/ovs'
import { type Bytes, ethernet, frame, MAC_A, MAC_B, ping, vlan } from '../packet/testing/build-frame'
import { countSentFrames, recentlyLearned, withLearned } from './sent-frames'

const packet = (bytes: Bytes) => ({ timestampUs: 0, originalLength: 98, data: frame(bytes) })
const tagged = (id: number) => packet([...ethernet(0x8100), ...vlan(id, 0x0800), ...ping(1, 1).slice(14)])

it('counts frames by VLAN and source; a priority tag is no VLAN; what is no frame is passed over', () => {
  const counted = countSentFrames([
    tagged(301),
    tagged(301),
    tagged(0),
    packet(ping(1, 1)),
    { timestampUs: 0, originalLength: 4, data: new Uint8Array(4) },
  ])
  const source = counted[0]!.macAddress
  expect(counted).toEqual([
    { vlan: 301, macAddress: source, frames: 2 },
    { vlan: 0, macAddress: source, frames: 2 },
  ])
})

const entry = (port: string, ageS: number | null, macAddress = MAC_A) => ({ bridge: 'tbr-1', port, vlan: 301, macAddress, ageS })
const port = (name: string, ofport: number) => ({ bridge: 'tbr-1', name, interface: { ofport } }) as OvsPort

it('takes what was learned lately, by the names of ports', () => {
  const entries = [entry('1', 2), entry('1', 9), entry('1', null), entry('LOCAL', 0), entry('7', 0)]
  expect(recentlyLearned(entries, [port('qvo1', 1)], 5)).toEqual([{ bridge: 'tbr-1', port: 'qvo1', vlan: 301, macAddress: MAC_A }])
})

it('adds what only the bridge knows, unless a device of the host said it', () => {
  const learned = [MAC_A, MAC_B, 'fa:16:3e:00:00:09'].map((macAddress) => ({ bridge: 'tbr-1', port: 'qvo1', vlan: 301, macAddress }))
  const sent = [{ vlan: 301, macAddress: MAC_A, frames: 2 }]
  expect(withLearned(sent, learned, { bridge: 'tbr-1', vif: 'qvo1', hostMacs: new Set([MAC_B]) })).toEqual([
    ...sent,
    { vlan: 301, macAddress: 'fa:16:3e:00:00:09', frames: null },
  ])
})
