// One network type from nothing to proof and back to nothing: prepare hosts, network, subnet with DHCP, two VMs on two
// hosts, plan, apply, plan again (empty), verify, delete, look for leftovers, with foreign things watching all along.

import { explainLease } from '@/server/core/explain/verification'
import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import { labExec, labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { openConsole, type Api, type Console } from './console-under-test'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { drawDesign, eraseDesign } from './design'
import { makeForeign, readForeign, removeForeign } from './foreign'
import { findLeftovers, snapshot } from './snapshot'
import { reportEvidence, reportPlan, type ScenarioReport } from './report'

export interface ScenarioOptions {
  readonly lab: string
  /** Leave the result on the hosts for inspection. */
  readonly isKept: boolean
  readonly onProgress: (sentence: string) => void
}

/** The host whose hand-made things are watched. */
const WITNESS = 'cmp1'

export async function runNetworkScenario(type: NetworkType, options: ScenarioOptions): Promise<ScenarioReport> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const console = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    await makeForeign(options.lab, WITNESS)
    return await runSteps(type, options, console, lab, labMs)
  } finally {
    if (!options.isKept) await removeForeign(options.lab, WITNESS)
    await console.close()
  }
}

/** A scenario begins with bare hosts; it would fight over them with whoever built there. */
export async function assertBare(name: string, { hosts }: LabStatus): Promise<void> {
  const codes = await Promise.all(hosts.map(async (host) => (await labExec(name, host.name, ['ovs-vsctl', 'br-exists', 'br-int'])).code))
  const built = hosts.filter((_, index) => codes[index] === 0).map((host) => host.name)
  if (built.length === 0) return
  throw new Error(
    `lab ${name} is not bare: br-int is on ${built.join(', ')}, from a scenario that was kept or a console that uses this lab. Take it down (npm run -s lab -- down --name ${name}) or use another one (--lab NAME).`,
  )
}

async function runSteps(
  type: NetworkType,
  options: ScenarioOptions,
  { api, dataDirectory }: Console,
  lab: LabStatus,
  labMs: number,
): Promise<ScenarioReport> {
  const before = await readForeign(options.lab, WITNESS)
  const bare = await Promise.all(lab.hosts.map((host) => snapshot(options.lab, host.name)))
  options.onProgress('drawing the design')
  const drawn = await drawDesign(api, lab, type)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  options.onProgress('verifying')
  const [source, destination] = await portsOf(api, drawn.vmIds)
  const verification = await verify(api, source, destination)
  const afterApply = await readForeign(options.lab, WITNESS)
  options.onProgress(options.isKept ? 'keeping the result' : 'deleting')
  const deleteMs = options.isKept ? 0 : await remove(api, drawn)
  const leftovers = options.isKept ? null : await findLeftovers(options.lab, lab.hosts, bare)
  const foreignUntouched = before === afterApply && (options.isKept || before === (await readForeign(options.lab, WITNESS)))
  const report = {
    scenario: type,
    plan: reportPlan(applied.plan, applied.run.timings),
    timings: {
      labMs,
      planMs: applied.planMs,
      applyMs: applied.applyMs,
      verifyMs: verification.durationMs ?? 0,
      deleteMs,
      hosts: applied.run.timings,
    },
    ...reportEvidence([verification], dataDirectory),
    reapplyEmpty,
    leftovers,
    foreignUntouched,
    store: dataDirectory,
  }
  const problems = findProblems(report, verification.status)
  return { ...report, ok: problems.length === 0, problems }
}

async function portsOf(api: Api, vmIds: readonly [string, string]): Promise<[string, string]> {
  const { topology } = await api.topology.get()
  const [first, second] = vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds[0]!)
  return [first!, second!]
}

async function remove(api: Api, drawn: Awaited<ReturnType<typeof drawDesign>>): Promise<number> {
  const start = performance.now()
  await eraseDesign(api, drawn)
  await planAndApply(api)
  return performance.now() - start
}

type Unjudged = Omit<ScenarioReport, 'ok' | 'problems'>

function findProblems(report: Unjudged, verificationStatus: string): string[] {
  const { ping, hops, dhcp, leftovers } = report
  return [
    ...(verificationStatus === 'passed' ? [] : [`the verification ${verificationStatus}: ${report.verdict}`]),
    ...(ping && ping.received === ping.transmitted && ping.received > 0 ? [] : ['the ping lost packets']),
    ...hops
      .filter((hop) => hop.status !== 'agrees' || hop.packets === 0)
      .map((hop) => `${hop.host} ${hop.interface} is ${hop.status}, ${hop.packets} packets`),
    ...(hops.some((hop) => hop.method === 'capture') ? [] : ['nothing was captured']),
    ...dhcp.filter((entry) => entry.status !== 'agrees').map(({ finding }) => explainLease(finding)),
    ...(dhcp.length > 0 ? [] : ['DHCP was not checked']),
    ...(report.reapplyEmpty ? [] : ['planning again is not empty']),
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(report.foreignUntouched ? [] : ['something made by hand was changed']),
  ]
}
