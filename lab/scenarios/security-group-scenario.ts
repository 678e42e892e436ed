// Security groups from nothing to proof and back: what their rules let pass passes between guests and what they do not does not, by TCP, UDP and
// ICMP, on both kinds of hosts; rules come and go under open connections; a guest that lies about its addresses is not heard; a foreign rule in
// front is named and put behind; and nothing of it is left. After each change a second plan is empty.

import { linkLocal } from '@/server/core/compile/link-local'
import { explainFinding } from '@/server/core/explain/finding'
import { labExec, labUp, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { planAndApply } from './conduct'
import { openConsole, type Console } from './console-under-test'
import { hostsOf } from './design'
import { makeForeign, readForeign, removeForeign } from './foreign'
import { waitForAddresses } from './guest'
import { assertBare, type ScenarioOptions } from './network-scenario'
import { listenOn, speakIpv6 } from './reach'
import { reportEvidence, reportPlan, sumVerifyMs, type ScenarioReport } from './report'
import { AGENTS, drawSecurityGroupDesign, eraseSecurityGroupDesign } from './security-group-design'
import {
  LISTENERS,
  proveAsked,
  proveGroups,
  proveInFront,
  proveMembers,
  proveOpenAndClosed,
  proveRuleChange,
  proveSpoofing,
  verifyBoth,
  WITNESS,
} from './security-group-proofs'
import { change, explainReach, NOT_EMPTY, type Stage } from './security-group-stage'
import { findLeftovers, snapshot } from './snapshot'

const BOOT_TIMEOUT_MS = 600_000

export async function runSecurityGroupScenario(options: ScenarioOptions): Promise<ScenarioReport> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const console = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    await makeForeign(options.lab, WITNESS)
    return await runSteps(options, console, lab, labMs)
  } finally {
    if (!options.isKept) await removeForeign(options.lab, WITNESS)
    await console.close()
  }
}

async function runSteps(options: ScenarioOptions, { api, dataDirectory }: Console, lab: LabStatus, labMs: number): Promise<ScenarioReport> {
  const hosts = hostsOf(lab, AGENTS)
  const foreign = await readForeign(options.lab, WITNESS)
  const bare = await Promise.all(hosts.map((host) => snapshot(options.lab, host.name)))
  const filters = await readFilters(options.lab)
  options.onProgress('drawing the design')
  const design = await drawSecurityGroupDesign(api, lab)
  const stage: Stage = { options, api, design, applied: [], reach: [], problems: [] }
  await change(stage, 'planning and applying', async () => {})
  for (const { guest, address } of Object.values(design.machines)) await waitForAddresses(guest, [address], BOOT_TIMEOUT_MS)
  for (const { guest, macAddress } of Object.values(design.machines)) {
    await listenOn(guest, LISTENERS)
    await speakIpv6(guest, linkLocal(macAddress))
  }

  await proveGroups(stage)
  const built = await readFilters(options.lab)
  const verifications = await verifyBoth(stage)
  await proveSpoofing(stage)
  await proveRuleChange(stage)
  await proveMembers(stage)
  await proveOpenAndClosed(stage)
  await proveInFront(stage)
  await proveAsked(stage)

  const afterApply = await readForeign(options.lab, WITNESS)
  options.onProgress(options.isKept ? 'keeping the result' : 'deleting')
  const deleteStart = performance.now()
  if (!options.isKept) await eraseSecurityGroupDesign(api, design).then(() => planAndApply(api))
  const deleteMs = options.isKept ? 0 : performance.now() - deleteStart
  const leftovers = options.isKept
    ? null
    : [...(await findLeftovers(options.lab, hosts, bare)), ...(await findFilters(options.lab, filters))]
  const foreignUntouched = foreign === afterApply && (options.isKept || foreign === (await readForeign(options.lab, WITNESS)))
  const problems = [
    ...stage.problems,
    ...stage.reach.filter(({ wanted, passed }) => wanted !== passed).map(explainReach),
    // What is looked for after the deletion can be seen before it.
    ...built.flatMap((text, index) =>
      SEEN.every((each) => each.test(text)) ? [] : [`no filters are seen on ${Object.keys(AGENTS)[index]}`],
    ),
    ...(leftovers ?? []).map((label) => `left over: ${label}`),
    ...(foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  const first = stage.applied[0]!
  return {
    scenario: 'security-groups',
    ok: problems.length === 0,
    problems,
    plan: stage.applied.flatMap(({ plan, run }) => reportPlan(plan, run.timings)),
    timings: {
      labMs,
      planMs: first.planMs,
      applyMs: first.applyMs,
      verifyMs: sumVerifyMs(verifications),
      deleteMs,
      hosts: first.run.timings,
    },
    ...reportEvidence(verifications, dataDirectory),
    reapplyEmpty: !stage.problems.some((problem) => problem.startsWith(NOT_EMPTY)),
    leftovers,
    foreignUntouched,
    store: dataDirectory,
    reach: stage.reach,
    warnings: (first.plan.warnings ?? []).map(explainFinding),
  }
}

/** What packets meet, by host: rules and chains of both families, sets, and zones in which connections are tracked. */
const READ_FILTERS = `for family in ip ip6; do "$family"tables-save | grep -E '^-A|^:[a-z]' | sed "s/^/$family /; s/ \\[[0-9:]*\\]$//"; done
ipset list -n | sed 's/^/ipset /'
conntrack -L 2>/dev/null | grep -o 'zone=[0-9]*' | sort -u; true`

const SEEN = [/^ip .*tapline-/m, /^ip6 .*tapline-/m, /^ipset tapline-/m, /^zone=\d/m]

const readFilters = (lab: string): Promise<string[]> =>
  Promise.all(Object.keys(AGENTS).map(async (host) => (await labExec(lab, host, ['sh', '-c', READ_FILTERS])).stdout))

async function findFilters(lab: string, before: readonly string[]): Promise<string[]> {
  const after = await readFilters(lab)
  return after.flatMap((text, index) => {
    const known = new Set(before[index]!.split('\n'))
    return text.split('\n').flatMap((line) => (known.has(line) ? [] : [`${line} on ${Object.keys(AGENTS)[index]}`]))
  })
}
