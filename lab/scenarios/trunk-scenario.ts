// A VM that sends several networks through one NIC, from nothing to proof and back: parent and two subports (VXLAN, VLAN) with
// DHCP, the guest's side made by the console's own commands, every hop proven, subports added and removed under a running
// ping, and deletion in both orders.

import { explainFinding } from '@/server/core/explain/finding'
import { explainImpact } from '@/server/core/explain/plan-findings'
import type { GuestRun } from '@/server/core/api-types'
import type { Verification } from '@/server/core/path/verification'
import type { LabStatus } from '../lab'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import type { Api } from './console-under-test'
import { waitForAddresses, type LabGuest } from './guest'
import { changeLive, type LivePing } from './live-change'
import { hostsOf } from './design'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { findVerificationProblems } from './problems'
import { isExpectedWithTag, reportOf, type ScenarioReport } from './report'
import type { TrunkSetup } from './trunk-setup'
import { drawTrunk, drawTrunkDesign, drawTrunkVm, eraseTrunkDesign, GUEST_VLANS, type TrunkDesign } from './trunk-design'

/** A guest of an emulated host is emulated twice. */
const BOOT_TIMEOUT_MS = 1_800_000

export const runTrunkScenario = (setup: TrunkSetup, options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: setup.parentHost, things: setup.foreign, extras: setup.extras }, (ground) => runSteps(setup, ground))

async function runSteps(setup: TrunkSetup, ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const before = await lookBefore(ground, hostsOf(lab, setup.hosts))
  options.onProgress('drawing the design')
  const design = await drawTrunkDesign(api, lab, setup)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  const guest: LabGuest = { lab: options.lab, host: setup.parentHost, vmId: design.vmId }
  options.onProgress('waiting for both guests, then making VLAN interfaces in one')
  await waitForAddresses(guest, [await addressOf(api, design.parentPortId)], BOOT_TIMEOUT_MS)
  const peer: LabGuest = { lab: options.lab, host: setup.peerHost, vmId: design.peerId }
  await waitForAddresses(peer, await Promise.all((await peerPorts(api, design)).map((portId) => addressOf(api, portId))), BOOT_TIMEOUT_MS)
  const runs = await api.trunks.configureGuest({ id: design.trunkId })
  const statuses = [(await api.trunks.get({ id: design.trunkId })).status]
  options.onProgress('verifying the parent and both subports')
  const verifications = await verifyAll(api, design)
  options.onProgress('adding and removing a subport under a ping')
  const live = await changeTwice(setup, api, guest, design)
  statuses.push((await api.trunks.get({ id: design.trunkId })).status)
  const stray: string[] = []
  const ending = await finish(ground, before, async () => {
    options.onProgress('trunk first, then VM; and again the other way round')
    stray.push(...(await deleteBothWays(setup, options.lab, api, lab, design)))
  })
  const livePings = live.flatMap((change) => change.pings)
  const warnings = (applied.plan.warnings ?? []).map(explainFinding)
  return reportOf(ground, {
    scenario: setup.scenario,
    applied: [applied],
    verifications,
    reapplyEmpty,
    ...ending,
    livePings,
    warnings,
    problems: [
      ...runs.filter((run) => !run.isOk).map((run) => `${run.device} in the guest: ${outputOf(run)}`),
      ...statuses.filter((status) => status !== 'ACTIVE').map((status) => `the trunk is ${status}`),
      ...verifications.flatMap(findVerificationProblems),
      ...findTagProblems(setup, verifications),
      ...livePings.flatMap(findLoss),
      ...live.flatMap((change) => findImpactProblems(change, design)),
      ...(warnings.length > 0 === setup.isWarned ? [] : [`the plan warns ${warnings.length} times of tagged frames on qbr`]),
      ...stray,
    ],
  })
}

async function addressOf(api: Api, portId: string): Promise<string> {
  const { topology } = await api.topology.get()
  return topology.ports.find((port) => port.id === portId)!.fixedIps[0]!.ipAddress
}

/** Of the command that failed. */
const outputOf = ({ commands }: GuestRun): string | undefined => commands.find(({ status }) => status === 'failed')?.output

/** NICs of the peer: parent, red, blue. */
async function peerPorts(api: Api, { peerId }: TrunkDesign): Promise<readonly string[]> {
  const { topology } = await api.topology.get()
  return topology.vms.find((vm) => vm.id === peerId)!.portIds
}

async function verifyAll(api: Api, design: TrunkDesign): Promise<Verification[]> {
  const peers = await peerPorts(api, design)
  const sources = [design.parentPortId, design.subPortIds.red, design.subPortIds.blue]
  const verifications: Verification[] = []
  for (const [index, source] of sources.entries()) verifications.push(await verify(api, source, peers[index]!))
  return verifications
}

async function changeTwice({ livePings }: TrunkSetup, api: Api, guest: LabGuest, design: TrunkDesign) {
  const [parent, red] = await peerPorts(api, design)
  const targets = [
    { over: 'eth0', address: await addressOf(api, parent!) },
    { over: `eth0.${GUEST_VLANS.red}`, address: await addressOf(api, red!) },
  ]
  const late = { portId: design.subPortIds.late, segmentationType: 'vlan', segmentationId: GUEST_VLANS.late }
  const added = await changeLive(api, guest, livePings, 'add', targets, () =>
    api.trunks.addSubports({ id: design.trunkId, subPorts: [late] }),
  )
  const [run] = await api.trunks.configureGuest({ id: design.trunkId, portIds: [late.portId] })
  if (!run?.isOk) throw new Error(`the subport that was added live got no lease: ${run && outputOf(run)}`)
  const removed = await changeLive(api, guest, livePings, 'remove', targets, () =>
    api.trunks.removeSubports({ id: design.trunkId, portIds: [late.portId] }),
  )
  return [added, removed]
}

async function deleteBothWays(setup: TrunkSetup, labName: string, api: Api, lab: LabStatus, design: TrunkDesign): Promise<string[]> {
  const left = async (after: string) => (await setup.listTrunkDevices(labName)).map((name) => `${name} is left after ${after}`)
  await api.trunks.remove({ id: design.trunkId })
  await planAndApply(api)
  const afterTrunk = await left('deleting the trunk')
  await api.vms.remove({ id: design.vmId })
  await planAndApply(api)
  const trunkId = await drawTrunk(api, design.projectId, design.parentPortId, design.subPortIds)
  const vmId = await drawTrunkVm(api, lab, setup, design.hostIds, design.projectId, design.parentPortId)
  await planAndApply(api)
  await api.vms.remove({ id: vmId })
  await planAndApply(api)
  const afterVm = await left('deleting the VM')
  await api.trunks.remove({ id: trunkId })
  await eraseTrunkDesign(api, design)
  await planAndApply(api)
  return [...afterTrunk, ...afterVm]
}

/** The guest's id on the devices before the trunk and nowhere behind it. A frame counts only with exactly that tag. */
function findTagProblems({ tagged }: TrunkSetup, verifications: readonly Verification[]): string[] {
  const hops = verifications.flatMap((each) => each.hops)
  const captured = hops.filter((hop) => hop.method === 'capture' && hop.status === 'agrees' && hop.packets > 0)
  return [GUEST_VLANS.red, GUEST_VLANS.blue].flatMap((vlan) => {
    const devices = captured.filter((hop) => isExpectedWithTag(hop, vlan)).map((hop) => hop.interface)
    const missing = tagged.filter((prefix) => !devices.some((device) => device.startsWith(prefix)))
    const stray = devices.filter((device) => !tagged.some((prefix) => device.startsWith(prefix)))
    return [
      ...missing.map((prefix) => `VLAN ${vlan} of the guest was not seen at ${prefix}`),
      ...stray.map((device) => `VLAN ${vlan} of the guest was seen at ${device}`),
    ]
  })
}

const findLoss = ({ during, over, transmitted, received }: LivePing): string[] =>
  received === transmitted ? [] : [`${transmitted - received} of ${transmitted} pings over ${over} were lost during ${during}`]

type Change = Awaited<ReturnType<typeof changeLive>>

/** The plan must promise what the ping proves: only the subport that comes or goes is touched. */
function findImpactProblems({ impacts, isSpanned }: Change, design: TrunkDesign): string[] {
  const others = impacts.filter((impact) => impact.portId !== design.subPortIds.late && impact.kind !== 'new')
  return [
    ...others.map((impact) => `the plan says that ${impact.label} is ${impact.kind}: ${explainImpact(impact.reason)}`),
    ...(isSpanned ? [] : ['the live change outlasted the ping']),
  ]
}
