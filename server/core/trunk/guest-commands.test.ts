import { expect, it } from 'vitest'
import { blueId, redId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { guestSetups } from './guest-commands'

const topology = trunkTopology()

it('shows the commands of each subport, ready to copy', () => {
  expect(guestSetups(topology, sampleTrunk, 'udhcpc').map((setup) => [setup.portId, setup.device, setup.text])).toEqual([
    [
      redId,
      'eth0.301',
      'ip link add link eth0 name eth0.301 address fa:16:3e:00:03:08 type vlan id 301\nip link set dev eth0.301 up\nudhcpc -i eth0.301 -q -n -t 10 -T 1',
    ],
    [
      blueId,
      'eth0.302',
      'ip link add link eth0 name eth0.302 address fa:16:3e:00:01:08 type vlan id 302\nip link set dev eth0.302 up\nudhcpc -i eth0.302 -q -n -t 10 -T 1',
    ],
  ])
})

it.each([
  ['dhclient', ['dhclient', '-1', 'eth0.302']],
  ['none', ['ip', 'link', 'set', 'dev', 'eth0.302', 'up']],
] as const)('of one subport, with %s', (client, last) => {
  const [setup, ...others] = guestSetups(topology, sampleTrunk, client, [blueId])
  expect(others).toEqual([])
  expect(setup?.commands.at(-1)).toEqual(last)
  expect(setup?.undo).toEqual([['ip', 'link', 'del', 'dev', 'eth0.302']])
})
