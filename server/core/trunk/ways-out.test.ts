import { expect, it } from 'vitest'
import { type Bytes, ethernet, frame, MAC_A, ping, tunnelled, vlan } from '../packet/testing/build-frame'
import { ids } from '../testing/sample-topology'
import { sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { patchPairs } from './patch-pair'
import { countLeftFrames, wayOut, wirePoints } from './ways-out'

const topology = trunkTopology({ linuxBridge: [2] })
const network = (index: number) => topology.networks.find(({ id }) => id === ids.network(index))!

// Networks of the sample: flat, VLAN 120, VXLAN 1507.
it.each([
  [1, { nic: 'ens38', device: null, vlan: 0, vni: null }],
  [2, { nic: 'ens38', device: 'ens38.120', vlan: 120, vni: null }],
  [3, { nic: 'ens37', device: 'vxlan-1507', vlan: 0, vni: 1507 }],
])('network %i leaves by %j', (index, way) => expect(wayOut(topology, ids.host(2), network(index))).toEqual(way))

it('knows no way out of a host that maps nothing and has no tunnel address', () => {
  const bare = { ...topology, hosts: topology.hosts.map((host) => ({ ...host, tunnel: null, bridgeMappings: [] })) }
  expect([1, 2, 3].map((index) => wayOut(bare, ids.host(2), network(index)))).toEqual([null, null, null])
})

it('listens at each NIC once, for the MAC addresses of the trunk’s ports', () => {
  const points = wirePoints(topology, ids.host(2), patchPairs(topology, sampleTrunk))
  expect(points).toEqual([
    { device: 'ens38', filter: 'ether src fa:16:3e:00:02:02 or ether src fa:16:3e:00:03:08 or ether src fa:16:3e:00:01:08' },
    {
      device: 'ens37',
      filter: expect.stringMatching(
        /^udp dst port 4789 and \(\(udp\[22:4\]=0xfa163e00 and udp\[26:2\]=0x0202\) or .*0x0308\) or .*0x0108\)\)$/,
      ),
    },
  ])
})

it('counts what left by its header and its innermost source', () => {
  const packet = (bytes: Bytes) => ({ timestampUs: 0, originalLength: bytes.length, data: frame(bytes) })
  const tagged = packet([...ethernet(0x8100), ...vlan(120, 0x0800), ...ping(1, 1).slice(14)])
  const left = { device: 'ens38', macAddress: MAC_A }
  expect(countLeftFrames('ens38', [tagged, tagged, packet(ping(1, 1)), packet(tunnelled(1507, ping(1, 1)))])).toEqual([
    { ...left, vlan: 120, vni: null, frames: 2 },
    { ...left, vlan: 0, vni: null, frames: 1 },
    { ...left, vlan: 0, vni: 1507, frames: 1 },
  ])
})
