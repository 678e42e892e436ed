import { expect, it } from 'vitest'
import { explainedPieces } from '../testing/explained'
import { parseFacts, sshLink } from './facts'

it('facts', () => {
  const text =
    'hostname compute-1\nkernel 6.1.0\ntool ip yes\ntool virsh no\nmodule openvswitch yes\nkvm usable\nssh 192.0.2.11\nagent neutron-l3-agent\nagent neutron-l3-agent\n'
  expect(parseFacts(text)).toEqual({
    value: {
      hostname: 'compute-1',
      kernel: '6.1.0',
      tools: { ip: true, virsh: false },
      hasOpenvswitchModule: true,
      kvm: 'usable',
      sshAddress: '192.0.2.11',
      neutronAgents: ['neutron-l3-agent'],
    },
    unparsed: [],
  })
})

it.each(['tool ip maybe', 'module vxlan yes', 'colour red', 'kvm perhaps', '__proto__ x'])('%s is Unparsed', (line) => {
  expect(explainedPieces(parseFacts(line).unparsed)).toEqual([{ section: 'facts', text: line, reason: 'Not a fact' }])
})

it.each([
  ['192.0.2.11', 'eth0'],
  ['::ffff:192.0.2.11', 'eth0'],
  ['fe80::1%eth0', 'eth1'],
  ['192.0.2.1', null],
  ['', null],
])('the device of %s', (address, link) => {
  const addresses = [
    { netns: 'other', link: 'x', cidr: '192.0.2.11/24' },
    { netns: '', link: 'eth0', cidr: '192.0.2.11/24' },
    { netns: '', link: 'eth1', cidr: 'fe80::1/64' },
  ]
  expect(sshLink(address, addresses)).toBe(link)
})
