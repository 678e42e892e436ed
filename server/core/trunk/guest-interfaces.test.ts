import { describe, expect, it } from 'vitest'
import { joinGuestInterfaces, ofTrunkNic } from './guest-interfaces'

const CONFIG = `VLAN Dev name\t | VLAN ID
Name-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD
eth0.301       | 301  | eth0
lan            | 99  | eth1
`
const nic = (name: string, macAddress: string | null) => ({ name, macAddress })
const joined = joinGuestInterfaces(
  [
    nic('lo', '00:00:00:00:00:00'),
    nic('eth0', 'fa:16:3e:00:00:01'),
    nic('eth0.301', 'fa:16:3e:00:00:02'),
    nic('eth1', 'fa:16:3e:00:00:03'),
    nic('lan', 'fa:16:3e:00:00:03'),
    nic('sit0', null),
  ],
  CONFIG,
)

it('joins MACs with the VLAN ids of the kernel, whatever an interface is called', () => {
  expect(joined.map(({ name, vlan, parent }) => [name, vlan, parent])).toEqual([
    ['eth0', 0, null],
    ['eth0.301', 301, 'eth0'],
    ['eth1', 0, null],
    ['lan', 99, 'eth1'],
  ])
  expect(joinGuestInterfaces([nic('eth0', 'fa:16:3e:00:00:01')], '')).toEqual([
    { name: 'eth0', macAddress: 'fa:16:3e:00:00:01', vlan: 0, parent: null },
  ])
})

describe('the NIC of the trunk', () => {
  const names = (mac: string, others: string[]) => ofTrunkNic(joined, mac, others).map(({ name }) => name)
  it.each([
    ['is the one with the parent’s MAC', 'fa:16:3e:00:00:01', ['fa:16:3e:00:00:03'], ['eth0', 'eth0.301']],
    ['has a wrong MAC, but no other port has it', 'fa:16:3e:ff:ff:ff', ['FA:16:3E:00:00:03'], ['eth0', 'eth0.301']],
    ['cannot be told', 'fa:16:3e:ff:ff:ff', [], []],
  ])('%s', (_, mac, others, expected) => expect(names(mac, others)).toEqual(expected))
})
