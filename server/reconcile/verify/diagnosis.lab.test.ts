// Faults made by hand on one applied design, each with its cause in the verdict: in a guest, in a Linux bridge, in Open vSwitch, at the
// DHCP server, and in the console's own means. All on one lab and one design, each mended before the next. Needs root and the lab.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planAndApply, verify } from '@/lab/scenarios/conduct'
import { openConsole } from '@/lab/scenarios/console-under-test'
import { type LabGuest, runInGuest, waitForAddresses } from '@/lab/scenarios/guest'
import { openVswitchTrunk } from '@/lab/scenarios/trunk-setup'
import { drawTrunkDesign, eraseTrunkDesign, type TrunkDesign } from '@/lab/scenarios/trunk-design'
import { bareLab } from '@/lab/tests/bare-lab'
import { on } from '@/lab/tests/bench'
import { testLab } from '@/lab/tests/settings'
import { qbrName, tapName, trunkBridgeName } from '@/server/core/naming'
import { explainedVerification, type ExplainedVerification } from '@/server/core/testing/explained'
import type { Port } from '@/server/core/topology/kinds/port/port'

let open: Awaited<ReturnType<typeof openConsole>>
let design: TrunkDesign
/** eth0.301 of the trunk's VM on cmp1, and eth1 of the plain VM on cmp2, in one VXLAN network. */
let red: Port
let peer: Port
let trunkVm: LabGuest
let peerVm: LabGuest

const STRANGER = '02:00:00:00:00:99'
const addressOf = (port: Port): string => port.fixedIps[0]!.ipAddress
const inTrunkVm = (script: string) => runInGuest(trunkVm, ['sh', '-c', script])
const inPeer = (script: string) => runInGuest(peerVm, ['sh', '-c', script])
const told = async (source: string, destination: string) => explainedVerification(await verify(open.api, source, destination))
const fromTrunk = () => told(red.id, peer.id)
const fromPeer = () => told(peer.id, red.id)
const vswitchd = (signal: string) => on('cmp2', 'sh', '-c', `kill -${signal} $(cat /run/openvswitch/ovs-vswitchd.pid)`)

beforeAll(async () => {
  const lab = await bareLab()
  open = await openConsole()
  design = await drawTrunkDesign(open.api, lab, openVswitchTrunk)
  await planAndApply(open.api)
  const { topology } = await open.api.topology.get()
  red = topology.ports.find(({ id }) => id === design.subPortIds.red)!
  peer = topology.ports.find(({ deviceId, networkId }) => deviceId === design.peerId && networkId === design.networkIds.red)!
  trunkVm = { lab: testLab, host: 'cmp1', vmId: design.vmId }
  peerVm = { lab: testLab, host: 'cmp2', vmId: design.peerId }
  const parent = topology.ports.find(({ id }) => id === design.parentPortId)!
  await waitForAddresses(trunkVm, [addressOf(parent)], 120_000)
  await waitForAddresses(peerVm, [addressOf(peer)], 120_000)
  await open.api.trunks.configureGuest({ id: design.trunkId })
})

afterAll(async () => {
  await open.api.vms.remove({ id: design.vmId })
  await open.api.trunks.remove({ id: design.trunkId })
  await eraseTrunkDesign(open.api, design)
  await planAndApply(open.api)
  await open.close()
})

/** Breaks, verifies and mends. That all was mended is seen once, at the end of a group: no verdict of the next fault would be right else. */
async function during(
  breaking: () => Promise<unknown>,
  mending: () => Promise<unknown>,
  run: () => Promise<ExplainedVerification>,
): Promise<ExplainedVerification> {
  await breaking()
  return run().finally(mending)
}

const worksAgain = () =>
  it('and works again when all of it is mended', async () => {
    for (const run of [fromTrunk, fromPeer]) expect(await run()).toMatchObject({ status: 'passed', firstBadHopId: null })
  })

describe('in a guest', () => {
  it('the VLAN interface of a subport is down', async () => {
    const result = await during(
      () => inTrunkVm('ip link set eth0.301 down'),
      () => inTrunkVm(`ip link set eth0.301 up; ip address replace ${addressOf(red)}/24 dev eth0.301`),
      fromTrunk,
    )
    expect(result).toMatchObject({
      status: 'failed',
      ping: null,
      firstBadHopId: 'cmp1/vm/eth0.301#1',
      verdict: expect.stringMatching(/^eth0\.301 in the guest of .* is down$/),
    })
  })

  it('the source has lost its address', async () => {
    const result = await during(
      () => inPeer('killall -STOP udhcpc; ip address flush dev eth1'),
      () => inPeer(`ip address add ${addressOf(peer)}/24 dev eth1; killall -CONT udhcpc`),
      fromPeer,
    )
    expect(result).toMatchObject({
      status: 'failed',
      ping: null,
      verdict: expect.stringMatching(new RegExp(`^eth1 in the guest of .* has no address; its port has ${addressOf(peer)}$`)),
    })
  })

  it('the destination has another address than its port', async () => {
    const result = await during(
      () => inPeer('killall -STOP udhcpc; ip address flush dev eth1; ip address add 10.0.11.77/24 dev eth1'),
      () => inPeer(`ip address flush dev eth1; ip address add ${addressOf(peer)}/24 dev eth1; killall -CONT udhcpc`),
      fromTrunk,
    )
    expect(result).toMatchObject({
      status: 'failed',
      verdict: expect.stringMatching(/does not answer .*: eth1 in the guest of .* has 10\.0\.11\.77; its port has /),
    })
  })

  it('the source has a permanent neighbour that is another machine', async () => {
    const result = await during(
      () => inPeer(`arp -i eth1 -s ${addressOf(red)} ${STRANGER}`),
      () => inPeer(`arp -i eth1 -d ${addressOf(red)}`),
      fromPeer,
    )
    expect(result).toMatchObject({
      status: 'failed',
      verdict: expect.stringContaining(`has a permanent entry in its neighbour table that takes ${STRANGER} for ${addressOf(red)}`),
    })
  })

  worksAgain()
})

describe('in a Linux bridge', () => {
  it.each([
    ['iptables', ['-m', 'physdev', '--physdev-out'], 'iptables, table filter'],
    ['ebtables-nft', ['-p', 'IPv4', '-o'], 'ebtables, table filter'],
  ])('a rule of %s drops what goes to the guest', async (program, match, table) => {
    const rule = ['FORWARD', ...match, tapName(peer.id), '-j', 'DROP']
    const result = await during(
      () => on('cmp2', program, '-I', ...rule),
      () => on('cmp2', program, '-D', ...rule),
      fromTrunk,
    )
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: `cmp2/tap/${tapName(peer.id)}#1` })
    expect(result.verdict).toMatch(
      new RegExp(
        `rule 1 of FORWARD \\(${table}\\) ends them: ".*${tapName(peer.id)}.* -j DROP"; it counted 5 during the ping and is not ours$`,
      ),
    )
  })

  it('a stranger in the bridge of a VM has its address', async () => {
    const qbr = qbrName(peer.id)
    const plug = `ip netns add thief; ip link add foreign0 type veth peer name eth0 address ${STRANGER} netns thief; ip link set foreign0 master ${qbr} up; ip -n thief address add ${addressOf(peer)}/24 dev eth0; ip -n thief link set eth0 up`
    await on('cmp2', 'sh', '-c', plug)
    try {
      // The peer first: while it knows the other it probes it, and by that makes itself known before anybody asks.
      await inPeer('ip neigh flush all')
      await inTrunkVm('ip neigh flush all')
      const stranger = `foreign0 is plugged into ${qbr} of cmp2 and is not ours`
      const asked = await fromTrunk()
      expect(asked).toMatchObject({
        status: 'failed',
        verdict: expect.stringMatching(
          new RegExp(`^Two MACs answer ARP for ${addressOf(peer)}: ${peer.macAddress} of .* and ${STRANGER}; ${stranger}$`),
        ),
      })
    } finally {
      await on('cmp2', 'sh', '-c', 'ip link del foreign0; ip netns del thief')
      await inTrunkVm('ip neigh flush all')
    }
  })

  worksAgain()
})

describe('in Open vSwitch', () => {
  it('a foreign flow of the trunk bridge takes the frames', async () => {
    const bridge = trunkBridgeName(design.trunkId)
    const flow = 'priority=500,dl_vlan=301'
    const result = await during(
      () => on('cmp1', 'ovs-ofctl', 'add-flow', bridge, `${flow},actions=drop`),
      () => on('cmp1', 'ovs-ofctl', '--strict', 'del-flows', bridge, flow),
      fromTrunk,
    )
    expect(result.status).toBe('failed')
    expect(result.verdict).toMatch(
      new RegExp(`${bridge} T0 drops: a flow that is not ours, "priority=500,dl_vlan=301 actions=drop", counted \\d+`),
    )
  })

  it('it does not answer: nothing is said of its flows', async () => {
    const result = await during(
      () => vswitchd('STOP'),
      () => vswitchd('CONT'),
      fromTrunk,
    )
    expect(result).toMatchObject({
      status: 'failed',
      verdict: 'Open vSwitch on cmp2 does not answer: ovs-vswitchd runs but gave no reply within 4 s',
    })
  })
})

describe('beside the path', () => {
  it('the DHCP server does not run, and the leases go on', async () => {
    const result = await during(
      () => on('net1', 'sh', '-c', 'kill $(pidof dnsmasq)'),
      () => planAndApply(open.api),
      fromPeer,
    )
    expect(result).toMatchObject({
      status: 'failed',
      ping: { received: 5 },
      verdict: expect.stringMatching(/^The DHCP server of red does not run on net1: .* keeps .* until its lease ends/),
    })
    expect(result.dhcp.map(({ status }) => status)).toContain('server-down')
  })
})

describe('the means of the console', () => {
  it('several verifications at once, and plans beside them, do not wait for each other for ever', async () => {
    const plans = [open.api.plans.create(), open.api.plans.create()]
    const results = await Promise.all([fromTrunk(), fromPeer(), fromTrunk(), fromPeer()])
    expect(results.map(({ status, verdict }) => `${status} ${verdict}`)).toEqual(
      Array(4).fill('passed All 5 echo requests were answered and every hop agrees'),
    )
    await Promise.all(plans)
  })

  it.each([[3], [2]])('a host that allows %i sessions is listened to less, and accused of nothing', async (sessions) => {
    // A connection keeps what sshd allowed when it began, so one that is open ends.
    const allow = (count: number) =>
      on(
        'cmp2',
        'sh',
        '-c',
        `sed -i 's/^MaxSessions .*/MaxSessions ${count}/' /etc/ssh/sshd_config && { pids=$(pidof sshd) && kill $pids; true; }`,
      )
    await allow(sessions)
    const result = await fromTrunk().finally(() => allow(10))
    expect(result).toMatchObject({ status: 'passed', ping: { received: 5 } })
    const left = result.hops.filter(({ note }) => note?.includes(`It needs 5 SSH sessions, sshd allows ${sessions} (MaxSessions)`))
    expect(left.map(({ interface: device }) => device).sort()).toEqual(
      ['ens37', `qvo${peer.id.slice(0, 11)}`, tapName(peer.id)].filter((device) => sessions === 2 || device !== tapName(peer.id)).sort(),
    )
    expect(result.verdict?.includes('not measured')).toBe(sessions === 2)
  })

  it('a login that prints and reads disturbs nothing', async () => {
    await on('cmp1', 'sh', '-c', 'printf \'echo Welcome\\nread -r -p "Environment [prod/test]? " ENVIRONMENT\\n\' > /root/.bashrc')
    try {
      expect((await fromTrunk()).verdict).toBe('All 5 echo requests were answered and every hop agrees')
    } finally {
      await on('cmp1', 'rm', '/root/.bashrc')
    }
  })
})
