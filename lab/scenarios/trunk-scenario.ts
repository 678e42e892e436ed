// A VM that sends several networks through one NIC, from nothing to proof and back: parent and two subports (VXLAN, VLAN) with
// DHCP, the guest's side made by the console's own commands, every hop proven, subports added and removed under a running
// ping, and deletion in both orders.

import { explainFinding } from '@/server/core/explain/finding'
import { explainImpact } from '@/server/core/explain/plan-findings'
import type { GuestRun } from '@/server/core/api-types'
import type { Verification } from '@/server/core/path/verification'
import { labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { openConsole, type Api, type Console } from './console-under-test'
import { waitForAddresses, type LabGuest } from './guest'
import { changeLive, type LivePing } from './live-change'
import { hostsOf } from './design'
import { assertBare, type ScenarioOptions } from './network-scenario'
import { findVerificationProblems } from './problems'
import { isExpectedWithTag, reportEvidence, reportPlan, sumVerifyMs, type ScenarioReport } from './report'
import { findLeftovers, snapshot } from './snapshot'
import type { TrunkSetup } from './trunk-setup'
import { drawTrunk, drawTrunkDesign, drawTrunkVm, eraseTrunkDesign, GUEST_VLANS, type TrunkDesign } from './trunk-design'

/** A guest of an emulated host is emulated twice. */
const BOOT_TIMEOUT_MS = 1_800_000

export async function runTrunkScenario(setup: TrunkSetup, options: ScenarioOptions): Promise<ScenarioReport> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab, extras: setup.extras })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const console = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    await setup.foreign.make(options.lab, setup.parentHost)
    return await runSteps(setup, options, console, lab, labMs)
  } finally {
    if (!options.isKept) await setup.foreign.remove(options.lab, setup.parentHost)
    await console.close()
  }
}

async function runSteps(
  setup: TrunkSetup,
  options: ScenarioOptions,
  { api, dataDirectory }: Console,
  lab: LabStatus,
  labMs: number,
): Promise<ScenarioReport> {
  const before = await setup.foreign.read(options.lab, setup.parentHost)
  const hosts = hostsOf(lab, setup.hosts)
  const bare = await Promise.all(hosts.map((host) => snapshot(options.lab, host.name)))
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
  const afterApply = await setup.foreign.read(options.lab, setup.parentHost)
  options.onProgress(options.isKept ? 'keeping the result' : 'deleting: trunk first, then VM; and again the other way round')
  const deleteStart = performance.now()
  const stray = options.isKept ? [] : await deleteBothWays(setup, options.lab, api, lab, design)
  const deleteMs = options.isKept ? 0 : performance.now() - deleteStart
  const leftovers = options.isKept ? null : await findLeftovers(options.lab, hosts, bare)
  const foreignUntouched = before === afterApply && (options.isKept || before === (await setup.foreign.read(options.lab, setup.parentHost)))
  const report = {
    scenario: setup.scenario,
    plan: reportPlan(applied.plan, applied.run.timings),
    timings: {
      labMs,
      planMs: applied.planMs,
      applyMs: applied.applyMs,
      verifyMs: sumVerifyMs(verifications),
      deleteMs,
      hosts: applied.run.timings,
    },
    ...reportEvidence(verifications, dataDirectory),
    reapplyEmpty,
    leftovers,
    foreignUntouched,
    store: dataDirectory,
    livePings: live.flatMap((change) => change.pings),
    warnings: (applied.plan.warnings ?? []).map(explainFinding),
  }
  const problems = [
    ...runs.filter((run) => !run.isOk).map((run) => `${run.device} in the guest: ${outputOf(run)}`),
    ...statuses.filter((status) => status !== 'ACTIVE').map((status) => `the trunk is ${status}`),
    ...verifications.flatMap(findVerificationProblems),
    ...findTagProblems(setup, report.hops),
    ...report.livePings.flatMap(findLoss),
    ...live.flatMap((change) => findImpactProblems(change, design)),
    ...(report.warnings.length > 0 === setup.isWarned ? [] : [`the plan warns ${report.warnings.length} times of tagged frames on qbr`]),
    ...(reapplyEmpty ? [] : ['planning again is not empty']),
    ...stray,
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  return { ...report, ok: problems.length === 0, problems }
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
function findTagProblems({ tagged }: TrunkSetup, hops: ScenarioReport['hops']): string[] {
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
