// Linux bridge on a host with a kernel of its own, from nothing to proof and back to nothing: a flat network on the parent of a trunk, a
// VXLAN and a VLAN network on its subports, all of them shared with an Open vSwitch host. A namespace behind the tap answers for the VM,
// so that no guest has to boot in an emulated host (scenarios/stand-in.ts); linuxbridge.emulated.test.ts tells the same with real guests.
// Steps build on each other.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { brqName, tapName } from '@/server/core/naming'
import type { Plan } from '@/server/core/plan/plan'
import { explainSample } from '@/server/core/explain/evidence'
import { explainAuditRow } from '@/server/core/explain/trunk-audit'
import type { TrunkAudit } from '@/server/core/trunk/audit'
import { labExec, labHostRestart, labUp } from '../lab'
import { isReapplyEmpty, planAndApply, verify } from '../scenarios/conduct'
import { openConsole, type Api, type Console } from '../scenarios/console-under-test'
import { letEverybodyIn, registerHosts, type HostAgents } from '../scenarios/design'
import { linuxBridgeThings } from '../scenarios/foreign'
import {
  drawLinuxBridgeDesign,
  eraseLinuxBridgeDesign,
  subPortOf,
  type LinuxBridgeDesign,
  type PortName,
} from '../scenarios/linuxbridge-design'
import { findVerificationProblems } from '../scenarios/problems'
import { leftBehind, snapshot } from '../scenarios/snapshot'
import { plugStandIn, plugSubPort, STAND_IN, unplugStandIn, type StandIn } from '../scenarios/stand-in'
import { GUEST_VLANS } from '../scenarios/trunk-design'
import { testLab } from './settings'

/** All of it happens in an emulator, on a machine that may be busy with other tests. */
const LONG_MS = 600_000
const HOST = 'cmp3'
const AGENTS: HostAgents = { net1: 'openvswitch', [HOST]: 'linuxbridge' }
/** The VM has no agent that could be waited for. */
const TIMES = { guestTimeoutMs: 0 }

let console: Console
let api: Api
let design: LinuxBridgeDesign
let standIn: StandIn
let bare: readonly ReadonlySet<string>[]
let foreign: string

async function on(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(testLab, HOST, argv, { timeoutMs: 170_000 })
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stdout}${stderr}`)
  return stdout
}
/** What goes on for as long as a change takes may take as long as the test. */
const inStandIn = (...argv: string[]) => labExec(testLab, HOST, ['ip', 'netns', 'exec', STAND_IN, ...argv], { timeoutMs: LONG_MS })
const snapshots = () => Promise.all(Object.keys(AGENTS).map((host) => snapshot(testLab, host)))
const readForeign = () => linuxBridgeThings.read(testLab, HOST)
const tap = (name: PortName): string => tapName(design.portIds[name])

beforeAll(async () => {
  const lab = await labUp({ name: testLab, extras: [HOST] })
  bare = await snapshots()
  await linuxBridgeThings.make(testLab, HOST)
  foreign = await readForeign()
  console = await openConsole(undefined, TIMES)
  api = console.api
  design = await drawLinuxBridgeDesign(api, await registerHosts(api, lab, true, AGENTS), HOST)
  // What is proven comes from the DHCP servers.
  await letEverybodyIn(api)
  standIn = {
    lab: testLab,
    host: HOST,
    tap: tap('parent'),
    macAddress: design.macs.parent,
    subPorts: [subPortOf(design, 'red'), subPortOf(design, 'blue')],
  }
}, LONG_MS)

afterAll(async () => {
  await linuxBridgeThings.remove(testLab, HOST)
  await console.close()
})

it(
  'is built in one plan, the second one is empty, and every port gets its lease',
  async () => {
    const { plan } = await planAndApply(api)
    expect(plan.warnings ?? []).toEqual([])
    expect(await isReapplyEmpty(api)).toBe(true)
    expect(await api.trunks.get({ id: design.trunkId })).toMatchObject({ status: 'ACTIVE', reason: null })
    expect(await readForeign()).toBe(foreign)
    const addresses = await plugStandIn(standIn)
    const { ports } = (await api.topology.get()).topology
    for (const name of ['parent', 'red', 'blue'] as const)
      expect(addresses).toContain(` ${ports.find(({ id }) => id === design.portIds[name])!.fixedIps[0]!.ipAddress}/`)
  },
  LONG_MS,
)

it(
  'carries a flat, a VXLAN and a VLAN network to the VM, every hop proven by packets',
  async () => {
    expect(await provenHops('parent')).toEqual([
      'ens38 untagged',
      `${brqName(design.networkIds.parent)} untagged`,
      `${tap('parent')} untagged`,
    ])
    expect(await provenHops('red')).toEqual([
      'ens37 VXLAN',
      'vxlan untagged',
      `${brqName(design.networkIds.red)} untagged`,
      `${tap('red')} untagged`,
      `${tap('parent')} 802.1Q ${GUEST_VLANS.red}`,
    ])
    expect(await provenHops('blue')).toEqual([
      'ens38 802.1Q',
      'ens38.vlan untagged',
      `${brqName(design.networkIds.blue)} untagged`,
      `${tap('blue')} untagged`,
      `${tap('parent')} 802.1Q ${GUEST_VLANS.blue}`,
    ])
  },
  LONG_MS,
)

/** From the network's DHCP server on the other host: the captured devices of this one, with what they showed. */
async function provenHops(name: PortName): Promise<string[]> {
  const verification = await verify(api, design.servers[name].portId, design.portIds[name])
  expect(findVerificationProblems(verification)).toEqual([])
  return verification.hops.flatMap(({ host, method, interface: device, ...seen }) => {
    if (host !== HOST || method !== 'capture') return []
    const isWire = device.startsWith('ens')
    return [
      `${device.replace(/^vxlan-\d+/, 'vxlan').replace(/^ens38\.\d+/, 'ens38.vlan')} ${(explainSample(seen) ?? '').split(' │ ')[0]!.replace(/^(VXLAN|802\.1Q) .*/, isWire ? '$1' : '$&')}`,
    ]
  })
}

it(
  'has faults on the host named with their hop by an audit, and mended by a plan',
  async () => {
    const sound = await listen()
    expect(sound.rows.map((row) => [row.state, explainAuditRow(row)])).toEqual(
      ['Untagged is parent', 'VLAN 301 is red', 'VLAN 302 is blue'].map((way) => [
        'agrees',
        `${way}: the design, the host and the packets say the same.`,
      ]),
    )
    expect([sound.oddities, sound.captureProblem]).toEqual([[], null])

    // With their marks: a subport takes another VLAN of the guest, a network leaves with another VLAN id.
    const { segmentationId: vlan } = (await api.topology.get()).topology.networks.find(({ id }) => id === design.networkIds.blue)!
    await on('sh', '-ec', REMAKE, 'sh', tap('red'), tap('parent'), '99', `ens38.${vlan}`, 'ens38', String(vlan! + 1))
    const onHost = await listen()
    expect(broken(onHost, 'red')).toEqual(['outer host', 'outer packets', 'network host'])
    expect(verdictOf(onHost, 'red')).toMatch(
      new RegExp(`^${tap('red')} is VLAN 99 of ${tap('parent')}, it should be VLAN 301 .* Frames with VLAN 301 reach no network`),
    )
    expect(broken(onHost, 'blue')).toEqual(['network host', 'network packets'])
    expect(verdictOf(onHost, 'blue')).toBe(`ens38.${vlan} is VLAN ${vlan! + 1}, it should be VLAN ${vlan}.`)
    expect(broken(onHost, 'parent')).toEqual([])
    expect((await api.trunks.get({ id: design.trunkId })).status).toBe('DEGRADED')
    await planAndApply(api)
    expect((await api.trunks.get({ id: design.trunkId })).status).toBe('ACTIVE')
  },
  LONG_MS,
)

/** Arguments: device, the device below it, VLAN id. It keeps its mark and its bridge. */
const REMAKE = `while [ $# -gt 0 ]; do
  mark=$(cat "/sys/class/net/$1/ifalias") bridge=$(basename "$(readlink "/sys/class/net/$1/master")")
  ip link del dev "$1"
  ip link add link "$2" name "$1" type vlan id "$3"
  ip link set dev "$1" alias "$mark" master "$bridge" up
  shift 3
done`

/** While the stand-in talks on all of its interfaces. */
async function listen(): Promise<TrunkAudit> {
  const ways = (['parent', 'red', 'blue'] as const).map((name) => design.servers[name].address)
  const talk = inStandIn(
    'sh',
    '-c',
    'for address do ping -i 0.5 -W 1 "$address" & done; while :; do for device in /sys/class/net/eth0*; do ping -c 1 -W 1 -I "${device##*/}" fe80::1; done; done',
    'sh',
    ...ways,
  )
  let last: TrunkAudit | null = null
  for await (const audit of await api.trunks.listen({ id: design.trunkId, listenS: 5, isGuestAsked: false })) last = audit
  await on('sh', '-c', `ip netns pids ${STAND_IN} | xargs kill 2>/dev/null || true`)
  await talk
  return last!
}

const rowOf = ({ rows }: TrunkAudit, name: PortName) => rows.find(({ portId }) => portId === design.portIds[name])!
const verdictOf = (audit: TrunkAudit, name: PortName): string => explainAuditRow(rowOf(audit, name))
/** Hops that are wrong, per truth. */
const broken = (audit: TrunkAudit, name: PortName): string[] =>
  rowOf(audit, name).hops.flatMap(({ kind, host, traffic }) => [
    ...(host === 'differs' ? [`${kind} host`] : []),
    ...(traffic === 'differs' ? [`${kind} packets`] : []),
  ])

it(
  'takes a subport while the others are pinged every 10 ms, and gives it back, without touching them',
  async () => {
    const late = { portId: design.portIds.late, segmentationType: 'vlan', segmentationId: GUEST_VLANS.late }
    const before = await untouchables()
    const added = await changeUnderPing(() => api.trunks.addSubports({ id: design.trunkId, subPorts: [late] }))
    await plugSubPort(standIn, subPortOf(design, 'late'))
    expect((await inStandIn('ping', '-c', '2', '-W', '10', design.servers.late.address)).stdout).toContain('2 received')
    const removed = await changeUnderPing(() => api.trunks.removeSubports({ id: design.trunkId, portIds: [late.portId] }))
    for (const plan of [added, removed])
      expect(plan.impacts.filter(({ kind, portId }) => kind !== 'new' && portId !== late.portId)).toEqual([])
    expect(await untouchables()).toBe(before)
  },
  LONG_MS,
)

/** With their indexes and filters: what was made anew is not what was there. */
const untouchables = (): Promise<string> =>
  on(
    'sh',
    '-c',
    'cat /run/libvirt/qemu/instance-*.pid; ip -o link show | cut -d " " -f 1-2; ebtables-nft-save 2>/dev/null | grep -v "^[#:*]" | sort',
    'sh',
  )

const STILL_UNDER_WAY = 50

/** Told when it ends: to encrypt and send each line for itself costs the host more than the ping. */
const PING_TO_FILE = 'code=0; ping -i 0.01 "$1" >"/run/ping-$1" || code=$?; cat "/run/ping-$1"; rm "/run/ping-$1"; exit $code'

/** The pings go on until the last step is done, so that none of them can have ended before it; what follows only reads. */
async function changeUnderPing(edit: () => Promise<unknown>): Promise<Plan> {
  await edit()
  const plan = await api.plans.create()
  const pings = (['parent', 'red'] as const).map((name) => inStandIn('sh', '-c', PING_TO_FILE, 'sh', design.servers[name].address))
  const { runId } = await api.runs.start({ planId: plan.id })
  for await (const event of console.watchRun(runId))
    if (event.type === 'phase' && event.phase === 'reading-back') await on('pkill', '-INT', '-x', 'ping')
  expect((await api.runs.get({ id: runId })).status).toBe('succeeded')
  for (const { code, stdout, stderr } of await Promise.all(pings)) {
    // One that is interrupted ends with its statistics; one that ended by itself says why.
    expect([code, stderr, stdout.slice(-500)]).toEqual([0, '', expect.stringMatching(/packets transmitted/)])
    const seen = [...stdout.matchAll(/icmp_seq=(\d+)/g)].map(([, number]) => Number(number)).sort((one, other) => one - other)
    // Answers overtake one another: of the last ones some are still on their way when the ping is interrupted.
    const settled = seen.filter((number) => number <= seen.at(-1)! - STILL_UNDER_WAY)
    expect(settled.length).toBeGreaterThan(100)
    expect(settled).toEqual(settled.map((_, index) => index + 1))
  }
  return plan
}

it(
  'rebuilds itself after a power cut',
  async () => {
    await labHostRestart(testLab, HOST)
    expect(
      await on(
        'sh',
        '-c',
        'while [ "$(systemctl is-active tapline-restore.service)" = activating ]; do sleep 1; done; systemctl is-active tapline-restore.service; cat /run/tapline/restore-result',
      ),
    ).toMatch(/^active\n0 /)
    await plugStandIn(standIn)
    expect((await inStandIn('ping', '-c', '2', '-W', '10', design.servers.red.address)).stdout).toContain('2 received')
    expect((await inStandIn('ping', '-c', '2', '-W', '10', design.servers.blue.address)).stdout).toContain('2 received')
    expect(await isReapplyEmpty(api)).toBe(true)
  },
  LONG_MS,
)

it(
  'is gone without a trace, and what others made is as it was',
  async () => {
    await linuxBridgeThings.make(testLab, HOST)
    const remade = await readForeign()
    await unplugStandIn(standIn)
    await eraseLinuxBridgeDesign(api, design)
    await planAndApply(api)
    expect(await readForeign()).toBe(remade)
    await linuxBridgeThings.remove(testLab, HOST)
    const after = await snapshots()
    expect(after.flatMap((lines, index) => leftBehind(bare[index]!, lines, Object.keys(AGENTS)[index]!))).toEqual([])
  },
  LONG_MS,
)
