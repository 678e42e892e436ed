// One network type from nothing to proof and back to nothing: prepare hosts, network, subnet with DHCP, two VMs on two
// hosts, plan, apply, plan again (empty), verify, delete, look for leftovers, with foreign things watching all along.

import type { Verification } from '@/server/core/path/verification'
import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { Api } from './console-under-test'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import { drawDesign, eraseDesign } from './design'
import { openVswitchThings } from './foreign'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { findVerificationProblems } from './problems'
import { reportOf, type ScenarioReport } from './report'

export const runNetworkScenario = (type: NetworkType, options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: 'cmp1', things: openVswitchThings }, (ground) => runSteps(type, ground))

async function runSteps(type: NetworkType, ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const before = await lookBefore(ground, lab.hosts)
  options.onProgress('drawing the design')
  const drawn = await drawDesign(api, lab, type)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  options.onProgress('verifying')
  const [source, destination] = await portsOf(api, drawn.vmIds)
  const verification = await verify(api, source, destination)
  const ending = await finish(ground, before, () => eraseDesign(api, drawn).then(() => planAndApply(api)))
  return reportOf(ground, {
    scenario: type,
    applied: [applied],
    verifications: [verification],
    reapplyEmpty,
    ...ending,
    problems: [...findVerificationProblems(verification), ...findUnseen(verification)],
  })
}

async function portsOf(api: Api, vmIds: readonly [string, string]): Promise<[string, string]> {
  const { topology } = await api.topology.get()
  const [first, second] = vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds[0]!)
  return [first!, second!]
}

/** In one network everything can be looked at. */
const findUnseen = ({ hops, dhcp }: Verification): string[] => [
  ...hops
    .filter(({ method, status, packets }) => method === 'none' && (status !== 'agrees' || packets === 0))
    .map((hop) => `${hop.host} ${hop.interface} is ${hop.status}, ${hop.packets} packets`),
  ...(hops.some(({ method }) => method === 'capture') ? [] : ['nothing was captured']),
  ...(dhcp.length > 0 ? [] : ['DHCP was not checked']),
]
