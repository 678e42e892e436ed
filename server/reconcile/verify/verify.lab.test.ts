// Verifications on real hosts with real VMs: what works is proven, what somebody broke by hand is found at its hop, and
// a plan repairs it. Needs root and the lab.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { labExec, labGuest } from '@/lab/lab'
import { explainedVerification } from '@/server/core/testing/explained'
import { planAndApply, verify } from '@/lab/scenarios/conduct'
import { openConsole } from '@/lab/scenarios/console-under-test'
import { drawDesign, eraseDesign, letEverybodyIn, type Drawn } from '@/lab/scenarios/design'
import { bareLab } from '@/lab/tests/bare-lab'
import { testLab } from '@/lab/tests/settings'
import type { Port } from '@/server/core/topology/kinds/port/port'

let open: Awaited<ReturnType<typeof openConsole>>
let drawn: Drawn
let ports: { readonly web1: Port; readonly web2: Port; readonly dhcp: Port }

const on = async (host: string, ...argv: string[]) => {
  const { code, stdout, stderr } = await labExec(testLab, host, argv)
  if (code !== 0) throw new Error(`${host}: ${argv.join(' ')}: ${stderr}`)
  return stdout
}
const guestOf = async (host: string) =>
  (await on(host, 'virsh', '-q', '-c', 'qemu:///system', 'list', '--name')).trim().split('\n')[0] ?? ''

beforeAll(async () => {
  const lab = await bareLab()
  open = await openConsole()
  drawn = await drawDesign(open.api, lab, 'vxlan')
  // The DHCP server pings, too.
  await letEverybodyIn(open.api)
  await planAndApply(open.api)
  const { topology } = await open.api.topology.get()
  const vmPort = (name: string) =>
    topology.ports.find(({ hostId, deviceOwner }) => hostId === drawn.hostIds[name] && deviceOwner === 'compute:nova')!
  ports = {
    web1: vmPort('cmp1'),
    web2: vmPort('cmp2'),
    dhcp: topology.ports.find(({ deviceOwner, hostId }) => deviceOwner === 'network:dhcp' && hostId !== null)!,
  }
})

afterAll(async () => {
  await eraseDesign(open.api, drawn)
  await planAndApply(open.api)
  await open.close()
})

const told = async (source: string, destination: string) => explainedVerification(await verify(open.api, source, destination))

describe('what works is proven', () => {
  it.each<[string, keyof typeof ports, keyof typeof ports]>([
    ['between two VMs', 'web1', 'web2'],
    ['the other way', 'web2', 'web1'],
    ['from a VM to the DHCP server', 'web1', 'dhcp'],
    ['from the DHCP server to a VM', 'dhcp', 'web2'],
  ])('%s', async (_, source, destination) => {
    const result = await told(ports[source].id, ports[destination].id)
    expect(result).toMatchObject({
      status: 'passed',
      firstBadHopId: null,
      verdict: 'All 5 echo requests were answered and every hop agrees',
    })
    expect(result.hops.map(({ hopId, status }) => `${hopId} ${status}`).filter((line) => !line.endsWith(' agrees'))).toEqual([])
    expect(result.dhcp.map(({ status }) => status)).toEqual(result.dhcp.map(() => 'agrees'))
    const path = await open.api.paths.get({ from: ports[source].id, to: ports[destination].id })
    expect('forth' in path && path.forth.hops.map(({ traffic }) => traffic)).toEqual(result.hops.map(() => 'agrees'))
  })
})

describe('what somebody broke is found at its hop', () => {
  afterEach(async () => {
    const plan = await open.api.plans.create()
    if (plan.hosts.some(({ steps }) => steps.length > 0)) await planAndApply(open.api)
    expect((await verify(open.api, ports.web1.id, ports.web2.id)).status).toBe('passed')
  })
  const verifyAcross = () => told(ports.web1.id, ports.web2.id)
  const qvo1 = () => `qvo${ports.web1.id.slice(0, 11)}`

  it('the other host does not know the VNI', async () => {
    await on('cmp2', 'ovs-ofctl', '-O', 'OpenFlow14', 'del-flows', 'br-tun', 'table=4,tun_id=1')
    const result = await verifyAcross()
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: 'cmp2/br-tun/br-tun#1' })
    expect(result.verdict).toMatch(/none reach patch-tun of cmp2: br-tun T4 drops, no flow turns VNI 1 into a local VLAN on cmp2/)
  })

  it('the port has a wrong tag', async () => {
    await on('cmp1', 'ovs-vsctl', 'set', 'Port', qvo1(), 'tag=77')
    const result = await verifyAcross()
    expect(result.status).toBe('failed')
    expect(result.firstBadHopId).toMatch(/^cmp1\/(br-tun|nic)\//)
    expect(result.verdict).toMatch(new RegExp(`br-tun T22 drops, no flow floods local VLAN 77 .*; ${qvo1()} has tag 77, `))
  })

  it('the patch between the bridges leads nowhere', async () => {
    await on('cmp1', 'ovs-vsctl', 'set', 'Interface', 'patch-int', 'options:peer=nonexistent-peer')
    const result = await verifyAcross()
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: 'cmp1/patch/patch-tun#1' })
    expect(result.verdict).toContain('Patch port patch-int leads to nonexistent-peer, not to patch-tun, on cmp1')
  })

  it('the cable of a host is out', async () => {
    await on('wire', 'ip', 'link', 'set', 'cmp2-ens37', 'down')
    const result = await verifyAcross().finally(() => on('wire', 'ip', 'link', 'set', 'cmp2-ens37', 'up'))
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: 'cmp2/nic/ens37#1' })
    expect(result.verdict).toContain('none reach ens37 of cmp2: ens37 has no carrier on cmp2')
  })

  it('the tap was taken out of its bridge', async () => {
    const tap = `tap${ports.web2.id.slice(0, 11)}`
    await on('cmp2', 'ip', 'link', 'set', tap, 'nomaster')
    const result = await verifyAcross().finally(() => on('cmp2', 'ip', 'link', 'set', tap, 'master', `qbr${ports.web2.id.slice(0, 11)}`))
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: `cmp2/tap/${tap}#1` })
    expect(result.verdict).toContain(`none reach ${tap}: ${tap} is in no bridge`)
  })

  it('the guest uses an address that is not its own', async () => {
    const guest = await guestOf('cmp1')
    const inGuest = (script: string) => labGuest(testLab, guest, ['sh', '-c', script])
    await inGuest('killall -STOP udhcpc; ip address flush dev eth0; ip address add 10.0.3.99/24 dev eth0; ip neigh flush all')
    const own = ports.web1.fixedIps[0]!.ipAddress
    const result = await verifyAcross().finally(() =>
      inGuest(`ip address flush dev eth0; ip address add ${own}/24 dev eth0; ip neigh flush all; killall -CONT udhcpc`),
    )
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: 'cmp1/br-int/br-int#1' })
    expect(result.verdict).toBe(
      `ARP requests leave ${qvo1()}, none reach patch-tun of cmp1: br-int T24 drops, source address 10.0.3.99 is not the port's`,
    )
    expect(result.dhcp.find(({ portId }) => portId === ports.web1.id)).toMatchObject({
      status: 'differs',
      guestAddress: '10.0.3.99',
    })
  })
})

describe('a verification that is cancelled', () => {
  it('says so and leaves nothing running on the hosts', async () => {
    const { verificationId } = await open.api.verifications.start({
      from: ports.web1.id,
      to: ports.web2.id,
      count: 20,
    })
    for await (const item of await open.api.verifications.watch({ verificationId })) {
      if (JSON.stringify(item).includes('"sending"')) await open.api.verifications.cancel({ verificationId })
    }
    const result = await open.api.verifications.get({ id: verificationId })
    expect(explainedVerification(result)).toMatchObject({
      status: 'cancelled',
      verdict: 'Cancelled. Nothing was left running on the hosts.',
    })
    for (const host of ['cmp1', 'cmp2']) expect((await labExec(testLab, host, ['pgrep', '-x', 'tcpdump'])).stdout).toBe('')
  })
})
