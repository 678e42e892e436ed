// A distributed router from nothing to proof and back: two networks of one type, a VM in each on a host of its own, which reach each other by the
// router of their own host, there and back by different ones. A second plan is empty; nothing of it is left.

import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import { labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { openConsole, type Console } from './console-under-test'
import { computeHosts } from './design'
import { makeForeign, readForeign, removeForeign } from './foreign'
import { waitForAddresses } from './guest'
import { assertBare, type ScenarioOptions } from './network-scenario'
import { findVerificationProblems } from './problems'
import { reportEvidence, reportPlan, sumVerifyMs, type ScenarioReport } from './report'
import { drawRouterDesign, eraseRouterDesign } from './router-design'
import { findLeftovers, snapshot } from './snapshot'

const WITNESS = 'cmp1'
const BOOT_TIMEOUT_MS = 300_000

export async function runRouterScenario(type: NetworkType, options: ScenarioOptions): Promise<ScenarioReport> {
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

async function runSteps(
  type: NetworkType,
  options: ScenarioOptions,
  { api, dataDirectory }: Console,
  lab: LabStatus,
  labMs: number,
): Promise<ScenarioReport> {
  const { hosts } = computeHosts(lab)
  const foreign = await readForeign(options.lab, WITNESS)
  const bare = await Promise.all(hosts.map((host) => snapshot(options.lab, host.name)))
  options.onProgress('drawing the design')
  const design = await drawRouterDesign(api, lab, type)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  for (const { guest, address } of design.sides) await waitForAddresses(guest, [address], BOOT_TIMEOUT_MS)
  options.onProgress('verifying both ways')
  const [blue, green] = design.sides
  const verifications = [await verify(api, blue.portId, green.portId), await verify(api, green.portId, blue.portId)]
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
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  return {
    scenario: `dvr-east-west-${type}`,
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
