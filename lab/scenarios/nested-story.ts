// VLAN in VLAN (reference §15), from nothing to proof and back: two VMs that boot as hosts, nested uplinks plugged into them while
// they run, a VLAN network of the inner cloud with its DHCP server in one and a VM in the other, every hop of both clouds proven
// with the one tag, and the outer br-int as it was before. A namespace answers for the inner guest (stand-in.ts).

import { qbrName } from '@/server/core/naming'
import type { Verification } from '@/server/core/path/verification'
import { labExec, labRelay, labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { readBannerProblem } from '../host/sshd'
import { waitFor } from '../wait'
import { isReapplyEmpty, planAndApply, verify, type Applied } from './conduct'
import { openConsole, type Api, type Console } from './console-under-test'
import { makeForeign, readForeign, removeForeign } from './foreign'
import { drawInner, drawOuter, eraseInner, eraseOuter, INNER_VLANS, registerInnerHosts, type InnerDesign, type OuterDesign, type OuterVm } from './nested-design'
import { assertBare, type ScenarioOptions } from './network-story'
import { reportHop, reportPlan, type ScenarioReport } from './report'
import { leftBehind, snapshot } from './snapshot'
import { plugStandIn, unplugStandIn, type StandIn } from './stand-in'

/** A Debian that boots under emulation while another one does. */
const HOST_BOOT_TIMEOUT_MS = 300_000
const WITNESS = 'cmp1'

export async function tellNestedStory(options: ScenarioOptions): Promise<ScenarioReport> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const console = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    await makeForeign(options.lab, WITNESS)
    return await tell(options, console, lab, labMs)
  } finally {
    if (!options.isKept) await removeForeign(options.lab, WITNESS)
    await console.close()
  }
}

async function tell(options: ScenarioOptions, { api, dataDirectory }: Console, lab: LabStatus, labMs: number): Promise<ScenarioReport> {
  const { onProgress } = options
  const before = await readForeign(options.lab, WITNESS)
  const bare = await Promise.all(lab.hosts.map((host) => snapshot(options.lab, host.name)))
  onProgress('drawing and building the outer cloud')
  const outer = await drawOuter(api, lab)
  const built = await planAndApply(api)
  onProgress('waiting for the outer VMs to be hosts')
  const relays = await enterOuter(options.lab, outer)
  const untouched = await readOuter(options.lab, outer)
  onProgress('plugging nested uplinks into the running VMs')
  const { physicalNetworkId, uplinkIds, plugged } = await plugUplinks(api, outer)
  const refusals = await findRefusals(api, outer)
  onProgress('registering the VMs as hosts, and building the inner cloud')
  const hostIds = await registerInnerHosts(api, lab, outer, physicalNetworkId, relays)
  const inner = await drawInner(api, outer, physicalNetworkId, hostIds)
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  onProgress('plugging in what answers for the inner guest, and verifying')
  const standIn = await standInFor(api, lab, inner, relays)
  await plugStandIn(standIn)
  const verification = await verify(api, inner.dhcpPortId, inner.portId)
  const afterApply = await readForeign(options.lab, WITNESS)
  const disturbed = compareOuter(untouched, await readOuter(options.lab, outer))
  const persistent = await findUnpersistent(options.lab, api, outer)
  onProgress(options.isKept ? 'keeping the result' : 'deleting from the inside out')
  const deleteStart = performance.now()
  const restarted: string[] = []
  if (!options.isKept) {
    await unplugStandIn(standIn)
    await eraseInner(api, inner)
    await planAndApply(api)
    for (const id of uplinkIds) await api.nestedUplinks.remove({ id })
    await api.physicalNetworks.remove({ id: physicalNetworkId })
    await planAndApply(api)
    restarted.push(...compareOuter(untouched, await readOuter(options.lab, outer)))
    await eraseOuter(api, outer)
    await planAndApply(api)
  }
  const deleteMs = options.isKept ? 0 : performance.now() - deleteStart
  const leftovers = options.isKept ? null : await findLeftovers(options.lab, lab, bare)
  const foreignUntouched = before === afterApply && (options.isKept || before === (await readForeign(options.lab, WITNESS)))
  const report = {
    scenario: 'vlan-in-vlan',
    plan: [built, plugged, applied].flatMap(({ plan, run }) => reportPlan(plan, run.timings)),
    timings: { labMs, ...sumOf([built, plugged, applied]), verifyMs: verification.durationMs ?? 0, deleteMs, hosts: applied.run.timings },
    hops: verification.hops.map((hop) => reportHop(hop, dataDirectory)),
    ping: verification.ping,
    dhcp: verification.dhcp,
    verdict: verification.verdict,
    reapplyEmpty,
    leftovers,
    foreignUntouched,
    store: dataDirectory,
    warnings: (plugged.plan.warnings ?? []).map(({ message }) => message),
  }
  const problems = [
    ...refusals,
    ...findPlugProblems(plugged),
    ...findVerificationProblems(verification),
    ...findTagProblems(report.hops, outer),
    ...disturbed,
    ...restarted,
    ...persistent,
    ...(report.warnings.length === outer.vms.length ? [] : ['the plan does not warn of each nested uplink']),
    ...(reapplyEmpty ? [] : ['planning again is not empty']),
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  return { ...report, ok: problems.length === 0, problems }
}

const sumOf = (parts: readonly Applied[]) => ({
  planMs: parts.reduce((sum, { planMs }) => sum + planMs, 0),
  applyMs: parts.reduce((sum, { applyMs }) => sum + applyMs, 0),
})

/** A way in through the outside client for each outer VM, once its sshd answers. */
async function enterOuter(labName: string, { vms }: OuterDesign): Promise<number[]> {
  const ports = await Promise.all(vms.map(({ address }) => labRelay(labName, address, 22)))
  await Promise.all(
    vms.map(({ name }, index) =>
      waitFor(`sshd of ${name}`, async () => ((await readBannerProblem(ports[index]!, 20_000)) === undefined ? true : undefined), { timeoutMs: HOST_BOOT_TIMEOUT_MS, everyMs: 2_000 }),
    ),
  )
  return ports
}

async function plugUplinks(api: Api, outer: OuterDesign) {
  const { id: physicalNetworkId } = await api.physicalNetworks.create({ name: 'inner', carrierId: outer.physicalNetworkId, vlanRanges: [INNER_VLANS] })
  const uplinkIds: string[] = []
  for (const { vmId } of outer.vms) uplinkIds.push((await api.nestedUplinks.create({ vmId, physicalNetworkId: outer.physicalNetworkId })).id)
  return { physicalNetworkId, uplinkIds, plugged: await planAndApply(api) }
}

/** What lint must not let pass: an inner range on outer VLANs, and the outer MAC base. */
async function findRefusals(api: Api, { physicalNetworkId: carrierId }: OuterDesign): Promise<string[]> {
  const attempts = [
    ['an inner range that meets the outer one', { vlanRanges: [{ min: 150, max: 210 }] }],
    ['the outer MAC base', { macBase: 'fa:16:3e' }],
  ] as const
  const outcomes = await Promise.all(
    attempts.map(async ([what, changes]) => {
      const isAccepted = await api.physicalNetworks.create({ name: 'refused', carrierId, ...changes, vlanRanges: 'vlanRanges' in changes ? [...changes.vlanRanges] : [] }).then(() => true, () => false)
      return isAccepted ? [`${what} was accepted`] : []
    }),
  )
  return outcomes.flat()
}

async function standInFor(api: Api, lab: LabStatus, { networkId, portId }: InnerDesign, relays: readonly number[]): Promise<StandIn> {
  const port = (await api.ports.list({ networkId })).find(({ id }) => id === portId)!
  return { sshPort: relays[1]!, privateKeyPath: lab.hosts[0]!.ssh.privateKeyPath, qbr: qbrName(portId), macAddress: port.macAddress }
}

interface OuterReading {
  readonly host: string
  /** What br-int does, without what it counts. */
  readonly flows: string
  /** Process of the outer VM: another one would mean that it was restarted. */
  readonly pid: string
}

const readOuter = (labName: string, { vms }: OuterDesign): Promise<OuterReading[]> =>
  Promise.all(
    vms.map(async ({ host, vmId }) => {
      const flows = await labExec(labName, host, ['ovs-ofctl', '--no-stats', '--names', '--sort', 'dump-flows', 'br-int'])
      const pid = await labExec(labName, host, ['cat', `/run/libvirt/qemu/instance-${vmId.slice(0, 8)}.pid`])
      return { host, flows: flows.stdout, pid: pid.stdout.trim() }
    }),
  )

const compareOuter = (before: readonly OuterReading[], after: readonly OuterReading[]): string[] =>
  before.flatMap(({ host, flows, pid }, index) => [
    ...(flows !== '' && flows === after[index]!.flows ? [] : [`br-int of ${host} has other flows than before the uplinks`]),
    ...(pid !== '' && pid === after[index]!.pid ? [] : [`the outer VM on ${host} was restarted`]),
  ])

/** `--config`: the definition that libvirt boots from next time has the NIC too. */
async function findUnpersistent(labName: string, api: Api, { vms }: OuterDesign): Promise<string[]> {
  const uplinks = await api.nestedUplinks.list()
  const missing = await Promise.all(
    vms.map(async ({ host, name, vmId }: OuterVm) => {
      const { stdout } = await labExec(labName, host, ['virsh', '-c', 'qemu:///system', 'dumpxml', '--inactive', vmId])
      const { macAddress } = uplinks.find((uplink) => uplink.vmId === vmId)!
      return stdout.includes(macAddress) ? [] : [`${name} would lose its uplink at a restart`]
    }),
  )
  return missing.flat()
}

function findPlugProblems({ plan }: Applied): string[] {
  const stops = plan.hosts.flatMap((host) => host.steps.filter(({ command: { argv } }) => argv.includes('destroy') || argv.includes('define')))
  const lost = plan.impacts.filter(({ kind }) => kind !== 'new')
  return [...stops.map(({ title }) => `plugging an uplink in takes a step "${title}"`), ...lost.map(({ label, kind }) => `the plan says that ${label} is ${kind}`)]
}

function findVerificationProblems({ status, verdict, ping, hops, dhcp }: Verification): string[] {
  return [
    ...(status === 'passed' ? [] : [`the verification ${status}: ${verdict}`]),
    ...(ping && ping.received === ping.transmitted && ping.received > 0 ? [] : ['the ping lost packets']),
    ...hops.filter((hop) => hop.method !== 'none' && (hop.status !== 'ok' || hop.packets === 0)).map((hop) => `${hop.host} ${hop.interface} is ${hop.status}, ${hop.packets} packets`),
    ...dhcp.filter((entry) => entry.status !== 'ok').map((entry) => entry.message),
  ]
}

/** The inner id, and no other tag, on every outer host: at the VM's tap, at qvo-data and at the NIC. */
function findTagProblems(hops: ScenarioReport['hops'], { vms }: OuterDesign): string[] {
  const tagged = hops.filter((hop) => hop.method === 'capture' && hop.status === 'ok' && hop.packets > 0 && hop.expected.startsWith(`802.1Q ${INNER_VLANS.min} `))
  return vms.flatMap(({ host }) => {
    const seen = tagged.filter((hop) => hop.host === host).map((hop) => hop.interface)
    return [/^tap/, /^qvo-data$/, /^ens38$/].filter((name) => !seen.some((device) => name.test(device))).map((name) => `VLAN ${INNER_VLANS.min} was not seen at ${name.source} of ${host}`)
  })
}

async function findLeftovers(labName: string, lab: LabStatus, bare: readonly ReadonlySet<string>[]): Promise<string[]> {
  const found = await Promise.all(lab.hosts.map(async ({ name }, index) => leftBehind(bare[index]!, await snapshot(labName, name), name)))
  return found.flat()
}
