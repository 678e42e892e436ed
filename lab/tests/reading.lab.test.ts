// What a reading does not know, on real hosts: daemons that stop or hang, tools that print what nobody understands, things of other
// people that cannot be read. The plan says what is not known and why, nothing is taken for gone, and foreign things block nothing.

import { afterEach, expect, it } from 'vitest'
import { explainUnparsed } from '@/server/core/explain/unparsed'
import { explainedPieces } from '@/server/core/testing/explained'
import { explainFinding } from '@/server/core/explain/finding'
import type { Plan } from '@/server/core/plan/plan'
import { labExec, labUp } from '../lab'
import { explainedVerification } from '@/server/core/testing/explained'
import { verify } from '../scenarios/conduct'
import { computeHosts, drawDesign, type Drawn, drawOnCmp1, eraseDesign } from '../scenarios/design'
import { on, useBench } from './bench'
import { testLab } from './settings'

const bench = useBench()

const blockedOn = (plan: Plan, host: string): string[] =>
  plan.hosts.filter(({ hostName }) => hostName === host).flatMap(({ blocked }) => blocked.map(explainFinding))
const shell = (host: string, script: string) => on(host, 'sh', '-c', script)
const LIBVIRTD = '$(cat /run/libvirtd.pid)'

/** A plan with something to do on cmp1 and cmp2. */
const withdraw = async ({ hostIds, vmIds }: Drawn) => {
  for (const id of vmIds) await bench.api.vms.remove({ id })
  for (const name of ['cmp1', 'cmp2']) await bench.api.hosts.setPrepared({ id: hostIds[name]!, isPrepared: false })
  return bench.api.plans.create()
}

const undo: (() => Promise<unknown>)[] = []
const takeAway = async () => {
  for (const step of undo.splice(0)) await step()
}
afterEach(takeAway)

/** Something of somebody else on a host, and how it goes again. */
async function foreign(host: string, script: string, away: string): Promise<void> {
  undo.push(() => labExec(testLab, host, ['sh', '-c', away]))
  await shell(host, script)
}

async function addForeignThings(host: string): Promise<void> {
  await foreign(host, 'mount -t tmpfs tmpfs /proc/sys/net/ipv6', 'umount /proc/sys/net/ipv6')
  await foreign(
    host,
    `ovs-vsctl add-br br-agg -- set bridge br-agg datapath_type=netdev -- add-br fake301 br-agg 301 -- add-br 'br-{odd}' -- set bridge 'br-{odd}' datapath_type=netdev`,
    `ovs-vsctl del-br fake301 -- del-br br-agg -- del-br 'br-{odd}'`,
  )
  await foreign(host, 'touch /run/netns/qrouter-0a1b2c3d-0000-0000-0000-000000000001', 'rm /run/netns/qrouter-*')
  await foreign(
    host,
    `ip link add docker0 type bridge; setsid unshare -n sleep 600 >/dev/null 2>&1 & sleep 1
ip link add veth0a1b2c1 type veth peer name eth0 netns $(pgrep -n -x sleep); ip link set veth0a1b2c1 master docker0 up`,
    'ip link del veth0a1b2c1; ip link del docker0; kill $(pgrep -n -x sleep)',
  )
  await foreign(
    host,
    String.raw`ovs-vsctl add-br br-ovn -- set bridge br-ovn datapath_type=netdev fail_mode=secure
awk 'BEGIN{for(i=0;i<60000;i++) printf "table=%d,priority=%d,ip,metadata=0x%x,reg14=0x%x,nw_src=10.%d.%d.%d,actions=load:0x1->NXM_NX_XXREG0[97],resubmit(,%d)\n", 8+i%40,1000+i%900,i%500,i%1000,i/65536,i/256%256,i%256,10+i%40}' | ovs-ofctl -O OpenFlow13 add-flows br-ovn -`,
    'ovs-vsctl del-br br-ovn',
  )
}

it('foreign things that cannot be read block nothing; what is not known of ours blocks, and is taken for gone by nobody', async () => {
  const { api } = bench
  const drawn = await drawDesign(api, computeHosts(bench.lab), 'vxlan', 'halted')
  const [first, second] = drawn.vmIds
  const detailOf = (name: string) => api.hosts.get({ id: drawn.hostIds[name]! })

  // A host without IPv6, with a fake bridge, a strange name, a name without its namespace, a container, more flows than a reading holds.
  await addForeignThings('cmp1')
  await bench.converge()
  expect((await detailOf('cmp1')).unparsed.map(({ section, reason }) => `${section}: ${explainUnparsed(reason)}`).sort()).toEqual([
    'flows br-ovn: br-ovn has more flows than a reading may hold (8 MB of text for one bridge): they were cut off',
    'flows br-{odd}: The bridge was not asked for its flows',
    'gone qrouter-0a1b2c3d-0000-0000-0000-000000000001: The namespace is gone, only its name is left: "ip netns del qrouter-0a1b2c3d-0000-0000-0000-000000000001" removes it',
    'name: A name with characters that are not passed on',
  ])
  expect(
    (await api.hosts.probe({ id: drawn.hostIds['cmp1']! })).nics.map(({ name }) => name).filter((name) => name.startsWith('veth')),
  ).toEqual([])
  await takeAway()

  // Paused: told at once, and shown.
  await on('cmp2', 'virsh', '-c', 'qemu:///system', 'suspend', second)
  const { topology } = await api.topology.get()
  const [from, to] = drawn.vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds[0]!)
  const paused = explainedVerification(await verify(api, from!, to!))
  expect([paused.status, paused.verdict, paused.hops]).toEqual(['failed', 'VM web-2 is paused (user): it neither sends nor answers', []])
  const inside = await api.hosts.inside({ id: drawn.hostIds['cmp2']! })
  expect(inside.domains.map(({ isRunning, state }) => [isRunning, state])).toEqual([[true, { name: 'paused', reason: 'user' }]])
  await on('cmp2', 'virsh', '-c', 'qemu:///system', 'resume', second)

  // Hung: the rest of the host is read, and libvirt is named.
  await shell('cmp1', `kill -STOP ${LIBVIRTD}`)
  await api.hosts.observe({ id: drawn.hostIds['cmp1']! })
  await shell('cmp1', `kill -CONT ${LIBVIRTD}`)
  const hung = await detailOf('cmp1')
  expect([hung.health.status, explainedPieces(hung.unparsed)]).toEqual([
    'reachable',
    [{ section: 'virsh', text: '', reason: 'Libvirt does not answer within 45 s' }],
  ])

  // Stopped, socket and all: a removal would leave the VM behind, so it waits.
  await shell('cmp1', `kill -TERM ${LIBVIRTD}; while [ -e /run/libvirtd.pid ]; do sleep 0.1; done`)
  const stopped = await withdraw(drawn)
  expect(blockedOn(stopped, 'cmp1')).toEqual([
    expect.stringMatching(
      new RegExp(
        `not all VMs are known: Libvirt is not running, while QEMU runs ${first}\\. When it was last known there was VM web-1.* of ours`,
      ),
    ),
  ])
  expect(blockedOn(stopped, 'cmp2')).toEqual([])
  await labUp({ name: testLab })

  // A line that nobody understands, of a tool that succeeded.
  await foreign('cmp1', GARBLED_IP, 'umount /bin/ip')
  expect(blockedOn(await api.plans.create(), 'cmp1')[0]).toMatch(/not all devices, addresses and routes are known: Not a JSON list/)
  await takeAway()

  await bench.clean({ ...drawn, vmIds: [] })
})

/** A foreign ERSPAN device makes iproute2 5.9 print this: a value without its key. */
const GARBLED_IP = String.raw`cp /bin/ip /tmp/ip-real; cat >/tmp/ip-wrap <<'W'
#!/bin/sh
/tmp/ip-real "$@" | sed -E '1s/^\[\{"ifindex":1,/[{"ifindex":1,"linkinfo":{"info_kind":"ip6erspan","info_data":{"erspan_ver":2,"ingress"}},/'
W
chmod +x /tmp/ip-wrap; mount --bind /tmp/ip-wrap /bin/ip`

it('a bond of Open vSwitch has its members, and what holds a NIC by it is named', async () => {
  await foreign(
    'cmp1',
    'ovs-vsctl add-br br-ex -- set bridge br-ex datapath_type=netdev -- add-bond br-ex bond1 ens38 ens39 bond_mode=active-backup',
    'ovs-vsctl del-br br-ex',
  )
  const drawn = await drawOnCmp1(bench.api, bench.lab, 'vlan')
  expect(blockedOn(await bench.api.plans.create(), 'cmp1')).toEqual([
    expect.stringMatching(/ens38 is a member of bond bond1 of br-ex, which is not ours/),
  ])
  expect((await bench.api.hosts.get({ id: drawn.hostIds['cmp1']! })).unparsed).toEqual([])
  await eraseDesign(bench.api, drawn)
})
