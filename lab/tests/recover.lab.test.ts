// What hosts go through in their life: the switch is killed, the power fails, a console dies in the middle of its work.
// One plan and one apply bring back everything that was asked for. All of it befalls one design.

import { beforeAll, describe, expect, it } from 'vitest'
import { labGuest, labHostRestart, labUp } from '../lab'
import { verify } from '../scenarios/conduct'
import { drawDesign, type Drawn } from '../scenarios/design'
import { on, useBench } from './bench'
import { testLab } from './settings'

const bench = useBench('per file')
let drawn: Drawn

beforeAll(async () => {
  drawn = await drawDesign(bench.api, bench.lab, 'vxlan')
  await bench.converge()
  await expectProven()
})

async function expectProven(): Promise<void> {
  const { topology } = await bench.api.topology.get()
  const [source, destination] = drawn.vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds[0]!)
  const { status, verdict } = await verify(bench.api, source!, destination!)
  expect([status, verdict]).toEqual(['passed', expect.any(Object)])
}

/** Asks the server of the network for an address, once, as a booting guest does. */
const askForAddress = (guest: string) =>
  labGuest(testLab, guest, ['udhcpc', '-n', '-q', '-i', 'eth0', '-t', '5', '-T', '1', '-s', '/bin/true'])

describe('one plan and one apply bring back', () => {
  it('flows and DHCP after Open vSwitch was killed', async () => {
    for (const { name } of bench.lab.hosts)
      await on(name, 'sh', '-c', 'kill -9 $(cat /run/openvswitch/ovs-vswitchd.pid || pgrep -x ovs-vswitchd)')
    await labUp({ name: testLab })
    expect((await askForAddress('web-1')).code).not.toBe(0)
    const plan = await bench.converge()
    expect(
      plan.hosts
        .flatMap((host) => host.changes)
        .filter((change) => change.kind === 'links')
        .map((change) => change.fields),
    ).toEqual([[{ field: 'type', from: 'other', to: 'ovs-internal' }]])
    expect((await askForAddress('web-1')).code).toBe(0)
    await expectProven()
  })

  it('[PLAN-30] a DHCP server whose namespace somebody took away, or the device in it', async () => {
    const netns = `qdhcp-${drawn.networkId}`
    const device = /tap[0-9a-f]{8}-[0-9a-f]{2}/.exec(await on('net1', 'ip', '-n', netns, '-o', 'link', 'show'))![0]
    const removals = [
      ['ip', 'netns', 'del', netns],
      ['ip', '-n', netns, 'link', 'del', device],
    ] as const
    for (const removal of removals) {
      await on('net1', ...removal)
      const plan = await bench.converge()
      expect(plan.hosts.flatMap(({ steps }) => steps.map(({ command }) => command.argv.join(' ')))).toContainEqual(
        expect.stringContaining(`del-port br-int ${device}`),
      )
      expect((await askForAddress('web-1')).code).toBe(0)
    }
  })

  it('a tunnel whose device somebody took away, or the route of its address, and a NIC whose tap was switched off or deleted', async () => {
    const { vms } = (await bench.api.topology.get()).topology
    const tap = `tap${vms.find(({ id }) => id === drawn.vmIds[0])!.portIds[0]!.slice(0, 11)}`
    const breaks = [
      'ip link del br-ens37',
      'ip route del 192.168.150.0/24',
      `ip link set ${tap} down`,
      `ip link del ${tap}`,
      'ovs-vsctl emer-reset',
    ]
    for (const each of breaks) {
      await on('cmp1', 'sh', '-c', each)
      const plan = await bench.converge()
      expect([each, plan.hosts.flatMap(({ hostName, steps }) => (steps.length > 0 ? [hostName] : []))]).toEqual([each, ['cmp1']])
      expect([each, (await askForAddress('web-1')).code]).toEqual([each, 0])
    }
  })

  it('everything after a power cut of a compute host and of the network host', async () => {
    await labHostRestart(testLab, 'cmp1')
    await labHostRestart(testLab, 'net1')
    await bench.converge()
    await expectProven()
  })
})

it('is gone without a trace', () => bench.clean(drawn))
