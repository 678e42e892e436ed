// Security groups from nothing to proof and back: what their rules let pass passes between guests and what they do not does not, by TCP, UDP and
// ICMP, on both kinds of hosts; rules come and go under open connections; a guest that lies about its addresses is not heard; a foreign rule in
// front is named and put behind; and nothing of it is left. After each change a second plan is empty.

import { linkLocal } from '@/server/core/compile/link-local'
import { explainFinding } from '@/server/core/explain/finding'
import { labExec } from '../lab'
import { planAndApply } from './conduct'
import { hostsOf } from './design'
import { openVswitchThings } from './foreign'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { waitForAddresses } from './guest'
import { listenOn, speakIpv6 } from './reach'
import { reportOf, type ScenarioReport } from './report'
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

const BOOT_TIMEOUT_MS = 600_000

export const runSecurityGroupScenario = (options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: WITNESS, things: openVswitchThings }, runSteps)

async function runSteps(ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const before = await lookBefore(ground, hostsOf(lab, AGENTS))
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

  const ending = await finish(ground, before, () => eraseSecurityGroupDesign(api, design).then(() => planAndApply(api)))
  const first = stage.applied[0]!
  return reportOf(ground, {
    scenario: 'security-groups',
    applied: stage.applied,
    timed: [first],
    verifications,
    reapplyEmpty: !stage.problems.some((problem) => problem.startsWith(NOT_EMPTY)),
    ...ending,
    leftovers: ending.leftovers && [...ending.leftovers, ...(await findFilters(options.lab, filters))],
    reach: stage.reach,
    warnings: (first.plan.warnings ?? []).map(explainFinding),
    problems: [
      ...stage.problems,
      ...stage.reach.filter(({ wanted, passed }) => wanted !== passed).map(explainReach),
      // What is looked for after the deletion can be seen before it.
      ...built.flatMap((text, index) =>
        SEEN.every((each) => each.test(text)) ? [] : [`no filters are seen on ${Object.keys(AGENTS)[index]}`],
      ),
    ],
  })
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
