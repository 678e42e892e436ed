// A router from nothing to proof and back: two networks, a VM in each on a host of its own. By a distributed one they reach each other by the router of
// their own host, there and back by different ones; a centralized one serves a Linux bridge host, too, and leads out. Second plans are empty, and
// nothing of it is left.

import type { LabStatus } from '../lab'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { computeHosts, hostsOf } from './design'
import { openVswitchThings } from './foreign'
import { gatewayLab } from './gateway-design'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { waitForAddresses } from './guest'
import { findVerificationProblems } from './problems'
import { reportOf, type Measured, type ScenarioReport } from './report'
import { drawRouterDesign, eraseRouterDesign, type RouterSetup } from './router-design'
import type { RouterProof } from './router-proofs'

const BOOT_TIMEOUT_MS = 300_000

/** A setup with what is proven beside the path between its VMs. */
export interface RouterScenario extends RouterSetup {
  readonly proofs: readonly RouterProof[]
}

export const runRouterScenario = (name: string, setup: RouterScenario, options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: 'cmp1', things: openVswitchThings, extras: setup.hasGateways ? ['gateways'] : [] }, (ground) =>
    runSteps(name, setup, ground),
  )

function labOf(lab: LabStatus, { agents, hasGateways }: RouterSetup): LabStatus {
  if (hasGateways) return gatewayLab(lab)
  return agents.net1 ? lab : computeHosts(lab)
}

async function runSteps(name: string, setup: RouterScenario, ground: Ground): Promise<ScenarioReport> {
  const { options, api } = ground
  const lab = labOf(ground.lab, setup)
  const before = await lookBefore(ground, hostsOf(lab, setup.agents))
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
  const measured: Measured[] = []
  for (const prove of setup.proofs) further.push(...(await prove({ api, design, onProgress: options.onProgress, measured })))
  const ending = await finish(ground, before, () => eraseRouterDesign(api, design).then(() => planAndApply(api)))
  return reportOf(ground, {
    scenario: name,
    applied: [applied],
    verifications,
    reapplyEmpty,
    ...(measured.length > 0 && { measured }),
    ...ending,
    problems: [...verifications.flatMap(findVerificationProblems), ...further],
  })
}
