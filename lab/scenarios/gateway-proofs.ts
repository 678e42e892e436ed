// What is proven of a router that leads out by a gateway cluster, from the lab's outside client and from its VMs: floating IPs in and out, what has none, headers on
// the way, records on each member, another cloud beside this one, and that one edit leads out without the cluster and back.

import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import { labExec } from '../lab'
import { letEverybodyIn } from './design'
import { applied, floatingAddressOf, outside, proveReached } from './floating-ip-proofs'
import { MEMBERS, VIP } from './gateway-design'
import { runInGuest, waitForAddresses } from './guest'
import { pingThrough } from './measured-ping'
import { listenOn } from './reach'
import type { RouterSide } from './router-design'
import { FAR_OUTSIDE, PING, type RouterProof, type RouterStage } from './router-proofs'
import { buildOtherCloud, OTHER_HELLO, removeOtherCloud } from './second-cloud'

export const PORT = 8080
const BOOT_TIMEOUT_MS = 300_000

/** Of a VM, with all that is said in the proofs below. */
export async function giveFloatingIp(
  stage: RouterStage,
  { portId }: RouterSide,
): Promise<{ readonly id: string; readonly address: string }> {
  const { api, design } = stage
  const { projectId } = await api.routers.get({ id: design.routerId })
  const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: portId })
  return { id, address: await floatingAddressOf(stage, id) }
}

export const proveCluster: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const [blue, green] = design.sides
  await letEverybodyIn(api)
  for (const { guest } of design.sides) await listenOn(guest, [PORT])
  onProgress('a floating IP by the cluster')
  const { id, address } = await giveFloatingIp(stage, blue)
  const problems = await applied(stage, 'a floating IP by the cluster')
  problems.push(
    ...(await proveInAndOut(stage, address, blue)),
    ...(await proveHeaders(stage, address, blue)),
    ...(await proveWithout(stage, address, green)),
    ...(await proveRecords(stage, [address])),
  )
  onProgress('another cloud with the same addresses and VNI')
  problems.push(...(await proveOtherCloud(stage, address, blue)))
  onProgress('without the cluster, and by it again')
  await api.routers.update({ id: design.routerId, patch: { floatingIpMode: 'dvr' } })
  problems.push(...(await applied(stage, 'leading out without the cluster')), ...(await proveReached(stage, address, blue)))
  await api.routers.update({ id: design.routerId, patch: { floatingIpMode: 'gateway', gatewayClusterId: design.clusterId! } })
  problems.push(...(await applied(stage, 'leading out by the cluster again')), ...(await proveInAndOut(stage, address, blue)))
  onProgress('moving its VM to the other underlay subnet')
  problems.push(...(await proveMoved(stage, address, blue, green)))
  await api.floatingIps.remove({ id })
  problems.push(...(await applied(stage, 'taking it away')))
  const gone = await outside(stage, ['ping', '-q', '-c', '2', '-i', '0.3', '-W', '1', address])
  return [...problems, ...(gone.includes(' 0 received') ? [] : [`${address} answers though it is nobody's: ${gone}`])]
}

/** The first packet on a way that was never used may be lost (lab/README.md). */
const AWAKE = ['-q', '-c', '5', '-i', '0.3', '-W', '5']
const UNTIL_ANSWERED = ['-q', '-c', '1', '-i', '0.3', '-w', '10']
const isAnswered = (ping: string): boolean => / [45] received/.test(ping)

export async function proveInAndOut(stage: RouterStage, address: string, { guest }: RouterSide): Promise<string[]> {
  const ping = await outside(stage, ['ping', ...AWAKE, address])
  const hello = await outside(stage, ['sh', '-c', 'nc -w 5 "$1" "$2" </dev/null', 'sh', address, String(PORT)])
  const heard = outside(stage, ['timeout', '10', 'tcpdump', '-nlc', '1', '-i', 'eth0', `icmp and src ${address} and dst ${FAR_OUTSIDE}`])
  // Until it listens.
  await delay(1_000)
  const out = await runInGuest(guest, ['/usr/local/bin/ping', ...AWAKE, FAR_OUTSIDE])
  return [
    ...(isAnswered(ping) ? [] : [`${address} does not answer from outside: ${ping}`]),
    ...(hello.includes('hello') ? [] : [`${address} is not reached by TCP: ${hello}`]),
    ...(isAnswered(out) ? [] : [`the VM on ${guest.host} does not reach the outside: ${out}`]),
    ...((await heard).includes(`${address} > ${FAR_OUTSIDE}`) ? [] : [`the VM on ${guest.host} is not seen outside as ${address}`]),
  ]
}

/** On the tunnel NIC of its host, there and back, and on the way out of the members. */
async function proveHeaders(stage: RouterStage, address: string, side: RouterSide): Promise<string[]> {
  const { api, design } = stage
  const { topology } = await api.topology.get()
  const { guest, networkId, subnetId, address: own } = side
  const host = topology.hosts.find(({ name }) => name === guest.host)!
  const selector = topology.ports.find(
    ({ deviceOwner, deviceId, fixedIps }) =>
      deviceOwner === 'network:router_centralized_fip' && deviceId === design.routerId && fixedIps[0]?.subnetId === subnetId,
  )!
  const { segmentationId } = topology.networks.find(({ id }) => id === networkId)!
  const onHost = capture(stage, guest.host, 'ens37', 'udp port 4789', 40)
  const onMembers = MEMBERS.map((name) => capture(stage, name, 'ens38', `icmp[icmptype] == icmp-echo and dst ${FAR_OUTSIDE}`, 1))
  await delay(1_500)
  await runInGuest(guest, ['sh', '-c', PING, 'sh', FAR_OUTSIDE])
  const [frames, ...uplinks] = await Promise.all([onHost, ...onMembers])
  const vtep = host.tunnel!.address
  const wanted = [
    ['to the cluster', vtep, VIP, host.dvrMac, selector.macAddress, `${own} > ${FAR_OUTSIDE}: ICMP echo request`],
    ['back from the cluster', VIP, vtep, selector.macAddress, host.dvrMac, `${FAR_OUTSIDE} > ${own}: ICMP echo reply`],
  ] as const
  const isSeen = ([, from, to, source, destination, inner]: (typeof wanted)[number]): boolean =>
    new RegExp(`${from}\\.\\d+ > ${to}\\.4789: VXLAN.*vni ${segmentationId}\\n${source} > ${destination},[^\\n]*\\n? *${inner}`).test(
      frames!,
    )
  return [
    ...wanted.filter((each) => !isSeen(each)).map(([way]) => `frames ${way} have not the headers that they should have: ${frames}`),
    ...(uplinks.some((seen) => seen.includes(`${address} > ${FAR_OUTSIDE}`)) ? [] : [`no member lets out what the VM sends as ${address}`]),
  ]
}

async function capture(stage: RouterStage, node: string, nic: string, filter: string, count: number): Promise<string> {
  const argv = ['timeout', '-s', 'INT', '8', 'tcpdump', '-nel', '-c', String(count), '-i', nic, filter]
  return (await labExec(stage.design.sides[0].guest.lab, node, argv)).stdout
}

/** It leaves by the address of a member, and reaches the floating IP of the other one. */
async function proveWithout(stage: RouterStage, address: string, { guest }: RouterSide): Promise<string[]> {
  const { ports } = (await stage.api.topology.get()).topology
  const own = ports.filter(({ deviceOwner }) => deviceOwner === 'network:gateway_member').flatMap(({ fixedIps }) => fixedIps)
  const heard = outside(stage, [
    'timeout',
    '10',
    'tcpdump',
    '-nlc',
    '1',
    '-i',
    'eth0',
    `icmp[icmptype] == icmp-echo and dst ${FAR_OUTSIDE}`,
  ])
  await delay(1_000)
  const out = await runInGuest(guest, ['/usr/local/bin/ping', ...AWAKE, FAR_OUTSIDE])
  const turned = await runInGuest(guest, ['/usr/local/bin/ping', ...AWAKE, address])
  const source = /IP (\S+) > /.exec(await heard)?.[1]
  return [
    ...(isAnswered(out) ? [] : [`the VM without a floating IP does not reach the outside: ${out}`]),
    ...(own.some(({ ipAddress }) => ipAddress === source) ? [] : [`the VM without a floating IP is seen outside as ${source}`]),
    ...(isAnswered(turned) ? [] : [`the VM without a floating IP does not reach ${address}: ${turned}`]),
  ]
}

/** Of these floating IPs and no others, the same on each member. */
async function proveRecords({ api, design }: RouterStage, addresses: readonly string[]): Promise<string[]> {
  const { records, members, withoutFloatingIp } = await api.gatewayClusters.records({ id: design.clusterId! })
  const told = records.map(({ floatingIp }) => floatingIp).toSorted()
  const apart = [...records, ...withoutFloatingIp].flatMap(({ states }) => states.filter(({ state }) => state !== 'in-step'))
  return [
    ...(told.join() === addresses.toSorted().join() ? [] : [`there are records of ${told.join(', ')}`]),
    ...apart.map(({ state }) => `a member has a record that is ${state}`),
    ...members.flatMap(({ name, leftovers }) => (leftovers.length > 0 ? [`${name} translates what it should not`] : [])),
  ]
}

/** Its VM has the address of this one's, in a network of the same VNI. */
async function proveOtherCloud(stage: RouterStage, address: string, side: RouterSide): Promise<string[]> {
  const { api, design } = stage
  const { lab } = side.guest
  const { topology } = await api.topology.get()
  const vni = topology.networks.find(({ id }) => id === side.networkId)!.segmentationId!
  const record: GatewayRecord = await buildOtherCloud(lab, { vni, vmIp: side.address, port: PORT })
  try {
    await api.gatewayClusters.update({ id: design.clusterId!, patch: { importedRecords: [record] } })
    const problems = await applied(stage, 'records of another cloud')
    problems.push(...(await proveInAndOut(stage, address, side)), ...(await proveRecords(stage, [address, record.floatingIp])))
    await outside(stage, ['ping', ...UNTIL_ANSWERED, record.floatingIp])
    const ping = await outside(stage, ['ping', ...AWAKE, record.floatingIp])
    const hello = await outside(stage, ['sh', '-c', 'nc -w 5 "$1" "$2" </dev/null', 'sh', record.floatingIp, String(PORT)])
    await api.gatewayClusters.update({ id: design.clusterId!, patch: { importedRecords: [] } })
    return [
      ...problems,
      ...(isAnswered(ping) ? [] : [`the other cloud's ${record.floatingIp} does not answer: ${ping}`]),
      ...(hello.includes(OTHER_HELLO) ? [] : [`the other cloud's ${record.floatingIp} is answered by somebody else: ${hello}`]),
      ...(await applied(stage, 'no records of another cloud')),
    ]
  } finally {
    await removeOtherCloud(lab)
  }
}

/** For as long as it takes to end there and to boot here, and no longer. */
async function proveMoved(stage: RouterStage, address: string, side: RouterSide, other: RouterSide): Promise<string[]> {
  const { api, design, measured } = stage
  const guest = { ...side.guest, host: other.guest.host }
  const problems: string[] = []
  await api.vms.update({ id: side.vmId, patch: { hostId: design.hostIds[guest.host]! } })
  measured.push(
    await pingThrough(guest.lab, address, 'the VM moves to the other underlay subnet', async () => {
      problems.push(...(await applied(stage, 'moving its VM')))
      await waitForAddresses(guest, [side.address], BOOT_TIMEOUT_MS)
    }),
  )
  await listenOn(guest, [PORT])
  return [...problems, ...(await proveInAndOut(stage, address, { ...side, guest })), ...(await proveRecords(stage, [address]))]
}
