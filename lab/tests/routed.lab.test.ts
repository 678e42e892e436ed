// A cloud that this console only reads: two networks, a VM in each, and a router by hand on the host of the DHCP servers. The path crosses
// three hosts, the router's twice by the same NIC. It is proven packet by packet, and what somebody breaks at the router is named. The
// wiring is another console's, so that the ports are found and not designed. By its gateway port the router leads into a third network, where
// the DHCP server stands for whoever is outside.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainHopDetail } from '@/server/core/explain/hop'
import type { HostObservation } from '@/server/core/host/observation'
import { kindNames } from '@/server/core/host/host-state'
import { bridgePart, namespacePart, type HostScope } from '@/server/core/parse/host-part'
import { readSectionsSteps, toObservation } from '@/server/core/parse/host-read'
import { overlay } from '@/server/core/parse/overlay'
import { readHostCommand } from '@/server/core/parse/read-script'
import { finish } from '@/server/core/parse/steps'
import { explainedVerification } from '@/server/core/testing/explained'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labExec, labUp, type LabStatus } from '../lab'
import { planAndApply, verify } from '../scenarios/conduct'
import { openConsole, type Console } from '../scenarios/console-under-test'
import { letEverybodyIn, registerHost, registerHosts } from '../scenarios/design'
import { leftBehind, snapshot } from '../scenarios/snapshot'
import { bareLab } from './bare-lab'
import { on } from './bench'
import { testLab } from './settings'

const ROUTER = '9d7c3f10-4a52-4b1e-9f6d-2c8e5b7a1d34'
const NETNS = `qrouter-${ROUTER}`
const NETWORKS = [
  {
    name: 'blue',
    cidr: '10.0.5.0/24',
    gatewayIp: '10.0.5.1',
    port: '5a11b2c3-0d4e-4f50-8a61-7b8293a4b5c6',
    mac: 'fa:16:3e:05:00:01',
    host: 'cmp1',
    vm: 'web-1',
  },
  {
    name: 'green',
    cidr: '10.0.6.0/24',
    gatewayIp: '10.0.6.1',
    port: '6b22c3d4-1e5f-4061-9b72-8c93a4b5c6d7',
    mac: 'fa:16:3e:06:00:01',
    host: 'cmp2',
    vm: 'web-2',
  },
] as const
const OUTSIDE = {
  name: 'outside',
  cidr: '10.0.7.0/24',
  gatewayIp: '10.0.7.1',
  port: '7c33d4e5-2f60-4172-8b83-9da4b5c6d7e8',
  mac: 'fa:16:3e:07:00:01',
} as const
const LEGS = [...NETWORKS, OUTSIDE]
const QG = `qg-${OUTSIDE.port.slice(0, 11)}`
const deviceOf = (leg: (typeof LEGS)[number]): string => (leg === OUTSIDE ? QG : `qr-${leg.port.slice(0, 11)}`)
const [QR_BLUE, QR_GREEN] = NETWORKS.map(deviceOf) as [string, string]

let bare: Awaited<ReturnType<typeof snapshotAll>>
let builder: Console
let reader: Console
let drawn: { hostIds: Readonly<Record<string, string>>; networkIds: readonly string[]; vmIds: readonly string[] }
let blue: Port
let green: Port
let outside: Port

const NONCE = 'abcdef0123456789'
/** Of somebody else, on the host of the router: nothing of the path comes there. */
const ADD_ELSEWHERE = 'ip netns add elsewhere; ovs-vsctl add-br br-elsewhere -- set bridge br-elsewhere datapath_type=netdev'
const REMOVE_ELSEWHERE = 'ip netns del elsewhere; ovs-vsctl del-br br-elsewhere'
const TOOLS = 'nsenter ovs-ofctl ovs-appctl virsh'
const LOG_TOOLS = String.raw`: >/tmp/ran
for tool in ${TOOLS}; do
  path=$(command -v $tool); cp "$path" "/tmp/real-$tool"
  printf '#!/bin/sh\necho "%s $*" >>/tmp/ran\nexec "/tmp/real-%s" "$@"\n' $tool $tool >"/tmp/wrap-$tool"
  chmod +x "/tmp/wrap-$tool"; mount --bind "/tmp/wrap-$tool" "$path"
done`
const UNLOG_TOOLS = `for tool in ${TOOLS}; do umount "$(command -v $tool)"; rm -f "/tmp/real-$tool" "/tmp/wrap-$tool"; done; rm -f /tmp/ran`

/** Each reading enters namespaces before it asks the switch. A slow machine begins another one before somebody looks at what was run. */
function firstReading(ran: readonly string[]): readonly string[] {
  const isEntering = (line: string) => line.startsWith('nsenter ')
  const begin = ran.findIndex(isEntering)
  const asksSwitch = ran.findIndex((line, index) => index > begin && line.includes('dump-flows'))
  const next = ran.findIndex((line, index) => index > asksSwitch && isEntering(line))
  return ran.slice(begin, next === -1 ? undefined : next)
}

const COUNTED = new Set(['rxPackets', 'txPackets', 'rxDropped', 'txDropped', 'packets', 'bytes', 'durationS', 'statistics'])
/** Without what counts and what is learned from one moment to the next. */
const settled = ({ state, facts, unparsed }: HostObservation) => ({
  facts,
  unparsed,
  state: kindNames.map((kind) =>
    state[kind].map((each) => JSON.stringify(each, (key, value: unknown) => (COUNTED.has(key) ? undefined : value))).sort(),
  ),
})

const inRouter = (...argv: string[]) => on('net1', 'ip', 'netns', 'exec', NETNS, ...argv)

/**
 * What Neutron's L3 agent would have made (docs/reference/routers.md): its namespace, an internal port in each network, SNAT at the
 * gateway.
 */
async function wireRouter(networkIds: readonly string[], dhcpPorts: readonly Port[]): Promise<void> {
  await on('net1', 'ip', 'netns', 'add', NETNS)
  for (const [index, network] of LEGS.entries()) {
    const tap = `tap${dhcpPorts[index]!.id.slice(0, 11)}`
    const tag = (await on('net1', 'ovs-vsctl', 'get', 'Port', tap, 'tag')).trim()
    const device = deviceOf(network)
    const ids = [`external_ids:iface-id=${network.port}`, `external_ids:attached-mac="${network.mac}"`, 'external_ids:iface-status=active']
    const others = [
      `other_config:net_uuid=${networkIds[index]}`,
      `other_config:network_type=${network === OUTSIDE ? 'vlan' : 'vxlan'}`,
      `other_config:tag=${tag}`,
      `other_config:physical_network=${network === OUTSIDE ? 'physnet1' : 'None'}`,
    ]
    await on(
      'net1',
      'ovs-vsctl',
      'add-port',
      'br-int',
      device,
      `tag=${tag}`,
      '--',
      'set',
      'Interface',
      device,
      'type=internal',
      ...ids,
      '--',
      'set',
      'Port',
      device,
      ...others,
    )
    await on('net1', 'ip', 'link', 'set', device, 'netns', NETNS)
    await inRouter('ip', 'link', 'set', device, 'address', network.mac, 'mtu', network === OUTSIDE ? '1500' : '1450', 'up')
    await inRouter('ip', 'address', 'add', `${network.gatewayIp}/24`, 'dev', device)
  }
  await inRouter('iptables', '-t', 'nat', '-A', 'POSTROUTING', '-o', QG, '-j', 'SNAT', '--to-source', OUTSIDE.gatewayIp)
  await inRouter('sysctl', '-qw', 'net.ipv4.ip_forward=1')
}

beforeAll(async () => {
  const lab = await bareLab()
  bare = await snapshotAll(lab)
  builder = await openConsole()
  const { api } = builder
  const hostIds = await registerHosts(api, lab)
  const { id: projectId } = await api.projects.create({ name: 'routed' })
  const networkIds: string[] = []
  const vmIds: string[] = []
  for (const { name, cidr, gatewayIp, host, vm } of NETWORKS) {
    const { id: networkId } = await api.networks.create({ projectId, name, type: 'vxlan', physicalNetworkId: null })
    await api.subnets.create({ networkId, name, cidr, gatewayIp, dnsNameservers: [], allocationPools: null })
    const { guestKernel: kernel, guestInitrd: initrd } = lab.hosts.find((each) => each.name === host)!
    const boot = { kind: 'kernel', kernel, initrd, cmdline: `console=ttyS0 quiet cryptomgr.notests tapline.hostname=${vm}` } as const
    networkIds.push(networkId)
    vmIds.push(
      (await api.vms.create({ projectId, name: vm, hostId: hostIds[host]!, networkIds: [networkId], memoryMib: 128, vcpus: 1, boot })).id,
    )
  }
  const [physical] = await api.physicalNetworks.list()
  const { id: outsideId } = await api.networks.create({ projectId, name: OUTSIDE.name, type: 'vlan', physicalNetworkId: physical!.id })
  await api.subnets.create({
    networkId: outsideId,
    name: OUTSIDE.name,
    cidr: OUTSIDE.cidr,
    gatewayIp: OUTSIDE.gatewayIp,
    dnsNameservers: [],
    allocationPools: null,
  })
  networkIds.push(outsideId)
  drawn = { hostIds, networkIds, vmIds }
  // The router pings from its own port, and behind NAT what comes has its address.
  await letEverybodyIn(api)
  await planAndApply(api)
  const { topology } = await api.topology.get()
  const portIn = (networkId: string, owner: string) =>
    topology.ports.find((port) => port.networkId === networkId && port.deviceOwner === owner && port.hostId !== null)!
  const servers = networkIds.map((id) => portIn(id, 'network:dhcp'))
  await wireRouter(networkIds, servers)
  ;[blue, green] = networkIds.slice(0, 2).map((id) => portIn(id, 'compute:nova')) as [Port, Port]
  outside = servers[2]!

  reader = await openConsole()
  const { id: physicalNetworkId } = await reader.api.physicalNetworks.create({ name: 'physnet1', mtu: 1500, vlanRanges: [] })
  for (const host of lab.hosts) {
    const { id } = await registerHost(reader.api, host, physicalNetworkId)
    await reader.api.hosts.update({ id, patch: { isReadOnly: true } })
    await reader.api.hosts.observe({ id })
  }
})

afterAll(async () => {
  await reader?.close()
  await labExec(testLab, 'net1', ['ip', 'netns', 'del', NETNS])
  for (const leg of LEGS) await on('net1', 'ovs-vsctl', '--if-exists', 'del-port', 'br-int', deviceOf(leg))
  const { api } = builder
  for (const id of drawn.vmIds) await api.vms.remove({ id })
  const { topology } = await api.topology.get()
  for (const { id } of topology.subnets) await api.subnets.remove({ id })
  for (const id of drawn.networkIds) await api.networks.remove({ id })
  for (const id of Object.values(drawn.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
  await planAndApply(api)
  await builder.close()
  const lab = await labUp({ name: testLab })
  const after = await snapshotAll(lab)
  expect(lab.hosts.flatMap(({ name }, index) => leftBehind(bare[index]!, after[index]!, name))).toEqual([])
})

const snapshotAll = ({ hosts }: LabStatus) => Promise.all(hosts.map(({ name }) => snapshot(testLab, name)))
const toOwnPort = async () => explainedVerification(await verify(reader.api, blue.id, NETWORKS[0].port))
const verifyTo = async (to = green) => explainedVerification(await verify(reader.api, blue.id, to.id))

describe('a path through a router that was found', () => {
  it('is drawn over the host of the router, and every hop is proven', async () => {
    const path = await reader.api.paths.get({ from: blue.id, to: green.id })
    if (!('forth' in path)) throw new Error(path.code)
    const along = path.forth.hops.map(({ hostName, role }) => `${hostName ?? '-'} ${role}`)
    expect(along.filter((place) => place.startsWith('net1'))).toEqual([
      'net1 nic', 'net1 underlay-bridge', 'net1 br-tun', 'net1 patch', 'net1 br-int', 'net1 router-port', 'net1 router', 'net1 router-port',
      'net1 br-int', 'net1 patch', 'net1 br-tun', 'net1 underlay-bridge', 'net1 nic',
    ]) // prettier-ignore
    expect(path.hosts.map(({ name, observedAt }) => [name, observedAt !== null])).toEqual(
      ['cmp1', 'cmp2', 'net1'].map((name) => [name, true]),
    )
    expect(explainHopDetail(path.forth.hops.find(({ role }) => role === 'router')!)).toContain('10.0.6.0/24')
    // As after five silent minutes: replies are flooded until the router has spoken.
    await on('cmp2', 'ovs-ofctl', 'del-flows', 'br-tun', `table=20,dl_dst=${NETWORKS[1].mac}`)
    const result = await verifyTo()
    expect(result).toMatchObject({
      status: 'passed',
      firstBadHopId: null,
      verdict: expect.stringMatching(/^All 5 echo requests were answered/),
    })
    expect(result.hops.filter(({ status }) => status !== 'agrees').map(({ hopId }) => hopId)).toEqual([])
    const captured = result.hops.filter(({ method }) => method === 'capture')
    expect(captured.map(({ hopId, packets }) => `${hopId} ${packets}`)).toEqual(
      expect.arrayContaining([`net1/router-port/${QR_BLUE}#1 5`, `net1/router-port/${QR_GREEN}#1 5`]),
    )
  })

  it('[READ-1] while it is watched, only what it rests on is read again', async () => {
    await on('net1', 'sh', '-c', ADD_ELSEWHERE)
    const paths = (await reader.api.paths.watch({ from: blue.id, to: green.id, intervalS: 1 }))[Symbol.asyncIterator]()
    try {
      /** Drawn from readings since this was called: those of a slow machine come late. */
      const fresh = async () => {
        for (const since = Date.now(); ;) {
          const { value } = await paths.next()
          if (!value || !('forth' in value)) throw new Error('no path')
          if (value.hosts.every(({ observedAt }) => Date.parse(observedAt!) > since)) return value
        }
      }
      const readAt = async () => (await reader.api.hosts.get({ id: net1.id })).health.observedAt
      await fresh()
      const first = await fresh()
      const net1 = first.hosts.find(({ name }) => name === 'net1')!
      const wholeAt = await readAt()
      await on('net1', 'sh', '-c', LOG_TOOLS)
      const second = await fresh()
      const ran = (await on('net1', 'sh', '-c', 'cat /tmp/ran')).trim().split('\n')
      expect(ran.filter((line) => /elsewhere|virsh/.test(line))).toEqual([])
      const entered = firstReading(ran).flatMap((line) => /^nsenter .*netns\/(\S+)/.exec(line)?.[1] ?? [])
      // DHCP servers where a broadcast comes by, which it does as long as somebody is not known.
      const broadcast = drawn.networkIds.slice(0, 2).map((id) => `qdhcp-${id}`)
      expect(entered.filter((name) => !broadcast.includes(name))).toEqual([NETNS])
      const asked = ran.flatMap((line) => /dump-flows (\S+)/.exec(line)?.[1] ?? [])
      expect(asked).toEqual(expect.arrayContaining(['br-int', 'br-tun']))
      expect(second.forth.hops.map(({ id, host }) => [id, host])).toEqual(first.forth.hops.map(({ id, host }) => [id, host]))
      for (const [index, { observedAt }] of second.hosts.entries())
        expect(Date.parse(observedAt!)).toBeGreaterThan(Date.parse(first.hosts[index]!.observedAt!))
      // What is laid together is not the console's reading of the host.
      expect(await readAt()).toBe(wholeAt)
      expect(Date.parse(wholeAt!)).toBeLessThan(Date.parse(net1.observedAt!))
    } finally {
      await paths.return?.()
      await on('net1', 'sh', '-c', UNLOG_TOOLS)
      await on('net1', 'sh', '-c', REMOVE_ELSEWHERE)
    }
  })

  it('[READ-2] a part that is read over an older reading is what a reading of the whole finds', async () => {
    const scope = new Set([namespacePart(NETNS), bridgePart('br-int'), bridgePart('br-tun')])
    const read = async (asked?: HostScope) => {
      const text = await on('net1', ...readHostCommand(NONCE, asked).argv)
      return finish(readSectionsSteps({ hostId: 'net1', observedAt: '', durationMs: 0, nonce: NONCE, text }))
    }
    for (let attempt = 1; ; attempt++) {
      const [before, part, after] = [await read(), await read(scope), await read()]
      expect(part.sections.length).toBeLessThan(after.sections.length)
      const [laid, whole] = [overlay(before, part, scope), after].map((each) => settled(toObservation(each!)))
      // A host that is up is never quite still.
      if (attempt < 3 && JSON.stringify(laid) !== JSON.stringify(whole)) continue
      return expect(laid).toEqual(whole)
    }
  })

  it('a rule of the router that ends them is named, and nobody is said not to answer', async () => {
    const rule = ['FORWARD', '-s', '10.0.5.0/24', '-j', 'DROP']
    await inRouter('iptables', '-I', ...rule)
    const result = await verifyTo().finally(() => inRouter('iptables', '-D', ...rule))
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: `net1/router/${NETNS}#1` })
    expect(result.verdict).toMatch(/filter chain FORWARD, rule 1 drops: -s 10\.0\.5\.0\/24 -j DROP/)
  })

  // No reading shows what IPsec forbids: only the packets tell.
  it.each([
    ['requests', '10.0.5.0/24', '10.0.6.0/24', QR_BLUE, QR_GREEN],
    ['replies', '10.0.6.0/24', '10.0.5.0/24', QR_GREEN, QR_BLUE],
  ])('%s that end in the router for a reason that nobody can read are missed at its next port', async (what, from, to, entry, exit) => {
    const policy = ['dir', 'fwd', 'src', from, 'dst', to]
    await inRouter('ip', 'xfrm', 'policy', 'add', ...policy, 'action', 'block')
    const result = await verifyTo().finally(() => inRouter('ip', 'xfrm', 'policy', 'delete', ...policy))
    expect(result).toMatchObject({ status: 'failed', firstBadHopId: `net1/router-port/${exit}#1` })
    expect(result.verdict).toMatch(new RegExp(`${what} leave ${entry}.*, none reach ${exit}.*${NETNS} does not send them on`, 'i'))
    // What lost the replies is no fault of where the requests came by.
    const bad = result.hops.filter(({ status }) => status === 'missing' || status === 'differs').map(({ hopId }) => hopId)
    expect(bad.includes(`net1/router-port/${exit}#1`)).toBe(true)
    if (what === 'replies') expect(bad).toHaveLength(1)
  })

  it('behind NAT the other address is expected, and the answer is followed back through it', async () => {
    const rule = ['POSTROUTING', '-o', QR_GREEN, '-j', 'SNAT', '--to-source', '10.0.6.1']
    await inRouter('iptables', '-t', 'nat', '-A', ...rule)
    const result = await verifyTo().finally(() => inRouter('iptables', '-t', 'nat', '-D', ...rule))
    expect(result).toMatchObject({ status: 'passed', firstBadHopId: null })
    expect(result.hops.filter(({ status }) => status !== 'agrees').map(({ hopId }) => hopId)).toEqual([])
    const tap = result.hops.find(({ hopId }) => hopId.startsWith('cmp2/tap/'))!
    expect(JSON.stringify(tap.sample)).toContain('"10.0.6.1"')
  })

  it('by its gateway port it leads out: with the router’s address there, the answer undone, every hop proven', async () => {
    const path = await reader.api.paths.get({ from: blue.id, to: outside.id })
    if (!('forth' in path)) throw new Error(path.code)
    const along = path.forth.hops.flatMap(({ hostName, role, place: { device } }) =>
      hostName === 'net1' && role !== 'nic' && role !== 'underlay-bridge' ? [`${role} ${device}`] : [],
    )
    expect(along.slice(2)).toEqual([
      'br-int br-int',
      `router-port ${QR_BLUE}`,
      `router ${NETNS}`,
      `router-port ${QG}`,
      'br-int br-int',
      `dhcp tap${outside.id.slice(0, 11)}`,
    ])
    const result = await verifyTo(outside)
    expect(result).toMatchObject({ status: 'passed', firstBadHopId: null })
    expect(result.hops.filter(({ status }) => status !== 'agrees').map(({ hopId }) => hopId)).toEqual([])
    const gateway = result.hops.find(({ hopId }) => hopId === `net1/router-port/${QG}#1`)!
    expect([gateway.packets, JSON.stringify(gateway.sample).includes(`"${OUTSIDE.gatewayIp}"`)]).toEqual([5, true])
  })

  it('to the router’s own port in its network, and from there: every hop is proven, the last one in the namespace', async () => {
    const [own] = NETWORKS
    const ends = (await reader.api.paths.endpoints()).filter(({ kind }) => kind === 'router')
    const labels = [
      ['router', '10.0.5.1'],
      ['router', '10.0.6.1'],
      ['gateway of router', '10.0.7.1'],
    ]
    expect(ends.map(({ label, ipAddress, isFound }) => [label, ipAddress, isFound]).sort()).toEqual(
      labels.map(([what, address]) => [`${what} 9d7c3f10 on net1`, address, true]).sort(),
    )
    for (const [source, destination] of [
      [blue.id, own.port],
      [own.port, blue.id],
    ] as const) {
      const result = explainedVerification(await verify(reader.api, source, destination))
      expect(result).toMatchObject({
        status: 'passed',
        firstBadHopId: null,
        ping: { from: source === blue.id ? 'guest-agent' : 'namespace' },
      })
      expect(result.hops.filter(({ status }) => status !== 'agrees').map(({ hopId }) => hopId)).toEqual([])
      expect(result.hops.find(({ hopId }) => hopId === `net1/router-port/${QR_BLUE}#1`)).toMatchObject({ method: 'capture', packets: 5 })
    }
  })

  it('a router’s own port that gets the requests and answers none is named', async () => {
    const policy = ['dir', 'in', 'src', '10.0.5.0/24', 'dst', '10.0.5.1/32']
    await inRouter('ip', 'xfrm', 'policy', 'add', ...policy, 'action', 'block')
    const result = await toOwnPort().finally(() => inRouter('ip', 'xfrm', 'policy', 'delete', ...policy))
    expect([result.status, result.firstBadHopId, result.verdict]).toEqual([
      'failed',
      `net1/router-port/${QR_BLUE}#1`,
      expect.stringContaining('router 9d7c3f10 on net1'),
    ])
  })

  it('a router’s own port that is down is named', async () => {
    await inRouter('ip', 'link', 'set', QR_BLUE, 'down')
    const result = await toOwnPort().finally(() => inRouter('ip', 'link', 'set', QR_BLUE, 'up'))
    expect([result.status, result.firstBadHopId, result.verdict]).toEqual([
      'failed',
      `net1/router-port/${QR_BLUE}#1`,
      expect.stringContaining(`${QR_BLUE} is down on net1`),
    ])
  })

  it('a gateway that is down is named', async () => {
    await inRouter('ip', 'link', 'set', QR_BLUE, 'down')
    const result = await verifyTo().finally(() => inRouter('ip', 'link', 'set', QR_BLUE, 'up'))
    expect([result.status, result.verdict]).toEqual(['failed', expect.stringContaining(QR_BLUE)])
  })
})
