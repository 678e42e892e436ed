// VLAN in VLAN (docs/reference/nested-uplinks.md), from nothing to proof and back: two VMs that boot as hosts, nested uplinks plugged into
// them while they run, a VLAN network of the inner cloud with its DHCP server in one and a VM with a guest of its own in the other, every
// hop of both clouds proven in both directions with the one tag, and the outer br-int as it was before. Then the power of the first host is
// cut: both clouds come back without the console. The inner guest is emulated twice and takes minutes to boot.

import { explainFinding } from '@/server/core/explain/finding'
import type { Verification } from '@/server/core/path/verification'
import { labRelay } from '../lab'
import { readBannerProblem } from '../host/sshd'
import { waitFor } from '../wait'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import type { Api } from './console-under-test'
import { openVswitchThings } from './foreign'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { waitForAddresses, type LabGuest } from './guest'
import { compareOuter, findPlugProblems, findRefusals, findTagProblems, findUnpersistent, readOuter } from './nested-checks'
import {
  drawInner,
  drawOuter,
  eraseInner,
  eraseOuter,
  INNER_VLANS,
  registerInnerHosts,
  removeOuterDisks,
  type InnerDesign,
  type OuterDesign,
} from './nested-design'
import { cutOuterPower, findRestartProblems } from './nested-restart'
import { findVerificationProblems } from './problems'
import { reportOf, type ScenarioReport } from './report'

/** A Debian that boots under emulation while another one does. */
const HOST_BOOT_TIMEOUT_MS = 900_000
/** Emulated twice: 160 to 300 seconds of a whole core, on a machine that may do other things. */
const GUEST_BOOT_TIMEOUT_MS = 2_400_000
/** Not the one whose power is cut: what is made by hand goes with it. */
const WITNESS = 'cmp2'

export const runNestedScenario = (options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: WITNESS, things: openVswitchThings }, runSteps)

async function runSteps(ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const before = await lookBefore(ground, lab.hosts)
  options.onProgress('drawing and building the outer cloud')
  const outer = await drawOuter(api, lab)
  const built = await planAndApply(api)
  options.onProgress('waiting for the outer VMs to be hosts')
  const relays = await enterOuter(options.lab, outer)
  const untouched = await readOuter(options.lab, outer)
  options.onProgress('plugging nested uplinks into the running VMs')
  const { physicalNetworkId, uplinkIds, plugged } = await plugUplinks(api, outer)
  const refusals = await findRefusals(api, outer)
  options.onProgress('registering the VMs as hosts, and building the inner cloud')
  const hostIds = await registerInnerHosts(api, lab, outer, physicalNetworkId, relays)
  const inner = await drawInner(api, lab, outer, physicalNetworkId, hostIds)
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  options.onProgress('waiting for the inner guest')
  const guest = innerGuest(options.lab, outer, inner)
  const addresses = await addressesOf(api, inner)
  await waitForAddresses(guest, [addresses.guest], GUEST_BOOT_TIMEOUT_MS)
  options.onProgress('verifying both ways')
  const verifications = await verifyBoth(api, inner)
  const disturbed = compareOuter(untouched, await readOuter(options.lab, outer))
  const persistent = await findUnpersistent(options.lab, api, outer)
  options.onProgress(`cutting the power of ${outer.vms[0]!.host}`)
  const restart = await cutOuterPower({
    lab: options.lab,
    outer,
    guest,
    addresses,
    enter: () => waitForHost(outer.vms[0]!.name, relays[0]!),
  })
  options.onProgress('asking the console what is to be done, and verifying again')
  const isRestored = await isReapplyEmpty(api)
  const afterRestart = await verifyBoth(api, inner)
  const rebooted = await readOuter(options.lab, outer)
  const restarted: string[] = []
  const ending = await finish(ground, before, async () => {
    await eraseInner(api, inner)
    await planAndApply(api)
    for (const id of uplinkIds) await api.nestedUplinks.remove({ id })
    await api.physicalNetworks.remove({ id: physicalNetworkId })
    await planAndApply(api)
    restarted.push(...compareOuter(rebooted, await readOuter(options.lab, outer)))
    await eraseOuter(api, outer)
    await planAndApply(api)
    await removeOuterDisks(options.lab, outer)
  })
  const all = [...verifications, ...afterRestart]
  const warnings = (plugged.plan.warnings ?? []).map(explainFinding)
  return reportOf(ground, {
    scenario: 'vlan-in-vlan',
    applied: [built, plugged, applied],
    verifications: all,
    reapplyEmpty: reapplyEmpty && isRestored,
    ...ending,
    restarts: [restart],
    warnings,
    problems: [
      ...refusals,
      ...findPlugProblems(plugged),
      ...all.flatMap(findVerificationProblems),
      ...findTagProblems(
        verifications.flatMap(({ hops }) => hops),
        outer,
      ),
      ...disturbed,
      ...persistent,
      ...findRestartProblems(restart),
      ...untouched.flatMap(({ host, flows }, index) =>
        flows === rebooted[index]!.flows ? [] : [`br-int of ${host} has other flows than before the power cut`],
      ),
      ...restarted,
      ...(warnings.length === outer.vms.length ? [] : ['the plan does not warn of each nested uplink']),
      ...(isRestored ? [] : ['planning after the power cut is not empty']),
    ],
  })
}

/** A way in through the outside client for each outer VM, once its sshd answers. */
async function enterOuter(labName: string, { vms }: OuterDesign): Promise<number[]> {
  const ports = await Promise.all(vms.map(({ address }) => labRelay(labName, address, 22)))
  await Promise.all(vms.map(({ name }, index) => waitForHost(name, ports[index]!)))
  return ports
}

const waitForHost = (name: string, port: number): Promise<true> =>
  waitFor(`sshd of ${name}`, async () => ((await readBannerProblem(port, 20_000)) === undefined ? true : undefined), {
    timeoutMs: HOST_BOOT_TIMEOUT_MS,
    everyMs: 2_000,
  })

async function plugUplinks(api: Api, outer: OuterDesign) {
  const { id: physicalNetworkId } = await api.physicalNetworks.create({
    name: 'inner',
    carrierId: outer.physicalNetworkId,
    vlanRanges: [INNER_VLANS],
  })
  const uplinkIds: string[] = []
  for (const { vmId } of outer.vms)
    uplinkIds.push((await api.nestedUplinks.create({ vmId, physicalNetworkId: outer.physicalNetworkId })).id)
  return { physicalNetworkId, uplinkIds, plugged: await planAndApply(api) }
}

/** It runs in the second outer VM, and is asked through the agents of both. */
const innerGuest = (lab: string, { vms: [, outer] }: OuterDesign, { vmId }: InnerDesign): LabGuest => ({
  lab,
  host: outer!.name,
  vmId,
  inside: { lab, host: outer!.host, vmId: outer!.vmId },
})

async function addressesOf(api: Api, { networkId, dhcpPortId, portId }: InnerDesign): Promise<{ server: string; guest: string }> {
  const ports = await api.ports.list({ networkId })
  const [server, guest] = [dhcpPortId, portId].map((id) => ports.find((port) => port.id === id)!.fixedIps[0]!.ipAddress)
  return { server: server!, guest: guest! }
}

/** From the DHCP server's namespace, and from the guest. */
const verifyBoth = async (api: Api, { dhcpPortId, portId }: InnerDesign): Promise<Verification[]> => [
  await verify(api, dhcpPortId, portId),
  await verify(api, portId, dhcpPortId),
]
