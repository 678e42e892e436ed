// A router from nothing to proof and back: two networks, a VM in each on a host of its own. By a distributed one they reach each other by the router of
// their own host, there and back by different ones; a centralized one serves a Linux bridge host, too, and leads out. Second plans are empty, and
// nothing of it is left.

import { labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { openConsole, type Console } from './console-under-test'
import { computeHosts, hostsOf } from './design'
import { makeForeign, readForeign, removeForeign } from './foreign'
import { waitForAddresses } from './guest'
import { assertBare, type ScenarioOptions } from './network-scenario'
import { findVerificationProblems } from './problems'
import { reportEvidence, reportPlan, sumVerifyMs, type ScenarioReport } from './report'
import { drawRouterDesign, eraseRouterDesign, type RouterSetup } from './router-design'
import type { RouterProof } from './router-proofs'
import { findLeftovers, snapshot } from './snapshot'

const WITNESS = 'cmp1'
const BOOT_TIMEOUT_MS = 300_000

/** A setup with what is proven beside the path between its VMs. */
export interface RouterScenario extends RouterSetup {
  readonly proofs: readonly RouterProof[]
}

export async function runRouterScenario(name: string, setup: RouterScenario, options: ScenarioOptions): Promise<ScenarioReport> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const console = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    await makeForeign(options.lab, WITNESS)
    return await runSteps(name, setup, options, console, lab, labMs)
  } finally {
    if (!options.isKept) await removeForeign(options.lab, WITNESS)
    await console.close()
  }
}

async function runSteps(
  name: string,
  setup: RouterScenario,
  options: ScenarioOptions,
  { api, dataDirectory }: Console,
  wholeLab: LabStatus,
  labMs: number,
): Promise<ScenarioReport> {
  const lab = setup.agents.net1 ? wholeLab : computeHosts(wholeLab)
  const hosts = hostsOf(lab, setup.agents)
  const foreign = await readForeign(options.lab, WITNESS)
  const bare = await Promise.all(hosts.map((host) => snapshot(options.lab, host.name)))
  options.onProgress('drawing the design')
  const design = await drawRouterDesign(api, lab, setup)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  for (const { guest, address } of design.sides) await waitForAddresses(guest, [address], BOOT_TIMEOUT_MS)
  options.onProgress('verifying both ways')
  const [blue, green] = design.sides
  const verifications = [await verify(api, blue.portId, green.portId), await verify(api, green.portId, blue.portId)]
  const further: string[] = []
  for (const prove of setup.proofs) further.push(...(await prove({ api, design, onProgress: options.onProgress })))
  const afterApply = await readForeign(options.lab, WITNESS)
  options.onProgress(options.isKept ? 'keeping the result' : 'deleting')
  const deleteStart = performance.now()
  if (!options.isKept) await eraseRouterDesign(api, design).then(() => planAndApply(api))
  const deleteMs = options.isKept ? 0 : performance.now() - deleteStart
  const leftovers = options.isKept ? null : await findLeftovers(options.lab, hosts, bare)
  const foreignUntouched = foreign === afterApply && (options.isKept || foreign === (await readForeign(options.lab, WITNESS)))
  const problems = [
    ...(reapplyEmpty ? [] : ['planning again is not empty']),
    ...verifications.flatMap(findVerificationProblems),
    ...further,
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  return {
    scenario: name,
    ok: problems.length === 0,
    problems,
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
  }
}
