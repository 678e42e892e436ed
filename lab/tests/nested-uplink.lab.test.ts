// Nested uplinks on running VMs: plugged in and out while a ping goes on, tagged frames of the guests from wire to wire, the outer
// br-int as before, and the NIC there again after a restart. What answers is a VLAN interface in each guest; a whole cloud
// inside the VMs is the scenario vlan-in-vlan.

import { expect, it } from 'vitest'
import { tapName } from '@/server/core/naming'
import { labExec, labGuest } from '../lab'
import { verify } from '../scenarios/conduct'
import { computeHosts, drawDesign } from '../scenarios/design'
import { speakTagged } from '../scenarios/guest'
import { waitFor } from '../wait'
import { on, useBench } from './bench'
import { testLab } from './settings'

const bench = useBench()
const INNER = 1200

const inGuest = async (guest: string, ...argv: string[]): Promise<string> => (await labGuest(testLab, guest, argv)).stdout
const pidOf = (vmId: string): Promise<string> => on('cmp1', 'cat', `/run/libvirt/qemu/instance-${vmId.slice(0, 8)}.pid`)
const integrationFlows = (): Promise<string> => on('cmp1', 'ovs-ofctl', '--no-stats', '--names', '--sort', 'dump-flows', 'br-int')

/** The guest's name for the NIC, once its kernel has found it; '' when it is gone. */
async function nicOf(guest: string, macAddress: string): Promise<string> {
  const line = (await inGuest(guest, 'ip', '-o', 'link')).split('\n').find((each) => each.includes(macAddress) && !each.includes('@'))
  return line?.split(': ')[1] ?? ''
}
const nicAppears = (guest: string, macAddress: string) =>
  waitFor(`the NIC in ${guest}`, async () => (await nicOf(guest, macAddress)) || undefined, { timeoutMs: 60_000 })

it('come and go under a running VM, and carry the VLANs of its guests past br-int', async () => {
  const { api } = bench
  const drawn = await drawDesign(api, computeHosts(bench.lab), 'vlan')
  await bench.converge()
  const { topology } = await api.topology.get()
  const ports = drawn.vmIds.map((id) => topology.ports.find((port) => port.deviceId === id)!)
  expect(await verify(api, ports[0]!.id, ports[1]!.id)).toMatchObject({ status: 'passed' })
  const [pid, flows] = [await pidOf(drawn.vmIds[0]), await integrationFlows()]
  const [physicalNetwork] = await api.physicalNetworks.list()
  const ping = () => labGuest(testLab, 'web-1', ['/usr/local/bin/ping', '-q', '-i', '0.01', '-c', '1500', ports[1]!.fixedIps[0]!.ipAddress])

  const duringPlug = ping()
  const ids: string[] = []
  for (const vmId of drawn.vmIds) ids.push((await api.nestedUplinks.create({ vmId, physicalNetworkId: physicalNetwork!.id })).id)
  const plugged = await bench.converge()
  expect((await duringPlug).stdout).toContain('1500 packets transmitted, 1500 received')
  expect(plugged.impacts.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'new nested uplink of web-1 to physnet1',
    'new nested uplink of web-2 to physnet1',
  ])
  expect(await pidOf(drawn.vmIds[0])).toBe(pid)
  expect(await integrationFlows()).toBe(flows)

  const uplinks = await api.nestedUplinks.list()
  const macOf = (vmId: string): string => uplinks.find((uplink) => uplink.vmId === vmId)!.macAddress
  for (const [index, vmId] of drawn.vmIds.entries()) {
    await speakTagged({ lab: testLab, host: `cmp${index + 1}`, vmId }, macOf(vmId), INNER, `10.99.0.${index + 1}/24`)
  }
  const seen = Promise.all(
    [tapName(ids[0]!), 'qvo-data', 'ens38'].map((device) =>
      labExec(testLab, 'cmp1', ['timeout', '60', 'tcpdump', '-nn', '-e', '-c', '2', '-i', device, `vlan ${INNER} and icmp`]),
    ),
  )
  await waitFor(
    'an answer over the inner VLAN',
    async () => ((await inGuest('web-1', 'ping', '-c', '3', '10.99.0.2')).includes(' 0% packet loss') ? true : undefined),
    { timeoutMs: 60_000 },
  )
  for (const { stdout } of await seen)
    expect(stdout).toMatch(new RegExp(`802\\.1Q.* vlan ${INNER}, .*IPv4.*10\\.99\\.0\\.1 > 10\\.99\\.0\\.2`))

  // `--config`: libvirt starts it again with the NIC, and the console has nothing to add but what a restart takes along.
  await on('cmp1', 'virsh', '-c', 'qemu:///system', 'destroy', drawn.vmIds[0])
  await on('cmp1', 'virsh', '-c', 'qemu:///system', 'start', drawn.vmIds[0])
  const restarted = await pidOf(drawn.vmIds[0])
  const again = await api.plans.create()
  expect(again.hosts.flatMap((host) => host.changes.map((change) => change.label))).toEqual([])
  expect(await verify(api, ports[0]!.id, ports[1]!.id)).toMatchObject({ status: 'passed' })
  await nicAppears('web-1', macOf(drawn.vmIds[0]))

  const duringUnplug = ping()
  for (const id of ids) await api.nestedUplinks.remove({ id })
  await bench.converge()
  expect((await duringUnplug).stdout).toContain('1500 packets transmitted, 1500 received')
  expect(await pidOf(drawn.vmIds[0])).toBe(restarted)
  expect(await nicOf('web-1', macOf(drawn.vmIds[0]))).toBe('')
  await bench.clean(drawn)
}, 600_000)
