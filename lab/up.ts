// `up`: from whatever is there to a complete lab. Each step makes only what is missing, so the same code starts a lab,
// repairs one and finds nothing to do.

import { basename } from 'node:path'
import { exitCodes, LabError } from './errors'
import { clearDrafts, ensureGuestImage } from './guest/image'
import { routers } from './host/bird'
import { libvirtd } from './host/libvirt'
import { ovsdbServer, ovsVswitchd } from './host/ovs'
import { ensureService, type HostContext, type Service } from './host/service'
import { sshListener, sshRelay } from './host/sshd'
import { runWantedUnits, type StartedUnit } from './host/units'
import { withLock } from './lock'
import { ensureCabling, listLinks } from './node/cabling'
import { findKeepers, startKeeper, stopKeepers, type Keeper } from './node/keeper'
import { missingPackages } from './packages'
import { labPaths } from './paths'
import { ensureState, nodeDir, removeState, sshPortOf, type LabState } from './state'
import { labStatus } from './status'
import { extraNames, hasGateways, hosts, hostsWith, nodesWith, type Extras, type HostSpec } from './topology'
import type { LabStatus, OnProgress } from './types'
import { ensureHostImage } from './vm-host/image'
import { machine, managementPort, type MachineBoot } from './vm-host/machine'
import { ensureSockets } from './vm-host/sockets'
import { all } from './wait'

export interface LabOptions {
  readonly name: string
  /** What the lab shall have besides: VM hosts by name, `gateways`. They stay part of it until `down`. */
  readonly extras?: Extras
  readonly onProgress?: OnProgress
}

export function requireRoot(): void {
  if (process.getuid?.() === 0) return
  throw new LabError('the lab needs root: it makes namespaces and network devices', exitCodes.notPermitted)
}

function requirePackages(): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  const names = missing.map((need) => need.package).join(' ')
  throw new LabError(`missing Debian packages: ${names} (apt-get install --no-install-recommends ${names})`, exitCodes.unavailable)
}

export async function labUp({ name, extras = [], onProgress = () => {} }: LabOptions): Promise<LabStatus> {
  requireRoot()
  requirePackages()
  const unknown = extras.filter((extra) => !extraNames.includes(extra))
  if (unknown.length > 0) throw new LabError(`no ${unknown.join(', ')} to be had; there are ${extraNames.join(', ')}`, exitCodes.usage)
  return withLock(name, async () => {
    const guestDir = await ensureGuestImage(onProgress)
    const state = await ensureState(name, extras)
    const hosts = hostsWith(state.extras)
    const image = hosts.some(isVm) ? basename(await ensureHostImage(guestDir, onProgress)) : ''
    const { keepers, booted } = await ensureKeepers(name, nodesWith(state.extras), guestDir, onProgress)
    // As on a machine that boots: the NICs are there before the switch that looks for them.
    await ensureCabling(keepers, state.extras)
    await all(
      hosts
        .filter(isVm)
        .flatMap((host) => keepers.get(host.name) ?? [])
        .map(async (keeper) => ensureSockets(keeper, await listLinks(keeper))),
    )
    if (hasGateways(state.extras)) await ensureRouters(keepers, onProgress)
    await all(
      hosts.map((spec) => {
        const services =
          spec.kind === 'vm' ? vmServices({ spec, image, publicKeyFile: `${labPaths(name).privateKey}.pub` }) : namespaceServices
        return ensureHost({ name: spec.name, services, hasBooted: booted.has(spec.name) }, keepers, state, onProgress)
      }),
    )
    return requireReady(await labStatus(name))
  })
}

export async function labDown({ name, onProgress = () => {} }: LabOptions): Promise<void> {
  requireRoot()
  await withLock(name, async () => {
    onProgress({ node: name, step: 'stopping' })
    await stopKeepers(name)
    await removeState(name)
    await clearDrafts()
  })
}

/** A power cut and a boot: what was in memory is gone (devices, flows, namespaces), what was on disk is kept. */
export async function labHostRestart(name: string, host: string, onProgress?: OnProgress): Promise<LabStatus> {
  requireRoot()
  if (!hosts.some((each) => each.name === host)) throw new LabError(`no host ${host}`, exitCodes.usage)
  await withLock(name, () => stopKeepers(name, host))
  return labUp({ name, ...(onProgress === undefined ? {} : { onProgress }) })
}

interface Keepers {
  readonly keepers: ReadonlyMap<string, Keeper>
  /** Nodes that were not there before. */
  readonly booted: ReadonlySet<string>
}

async function ensureKeepers(lab: string, nodes: readonly string[], guestDir: string, onProgress: OnProgress): Promise<Keepers> {
  const present = findKeepers(lab)
  const started = await all(
    nodes.map(async (node) => {
      const keeper = present.get(node)
      if (keeper !== undefined) return keeper
      // What a crash left of this node (an init that hangs, a parent that waits) must not become a second one.
      await stopKeepers(lab, node)
      onProgress({ node, step: 'starting' })
      return startKeeper(lab, node, nodeDir(lab, node), guestDir)
    }),
  )
  const keepers = new Map(started.map((keeper) => [keeper.node, keeper]))
  return { keepers, booted: new Set(nodes.filter((node) => !present.has(node))) }
}

/** Before the hosts: what they build may begin to speak to them at once. */
async function ensureRouters(keepers: ReadonlyMap<string, Keeper>, onProgress: OnProgress): Promise<void> {
  await all(
    [...routers].map(async ([node, service]) => {
      const keeper = keepers.get(node)
      if (keeper === undefined) throw new LabError(`${node} is not running`)
      if ((await ensureService(service, { keeper })) === 'started') onProgress({ node, step: `${service.command} started` })
    }),
  )
}

const isVm = ({ kind }: HostSpec): boolean => kind === 'vm'

/** Rows run side by side, the services of one row one after another. */
type ServiceRows = readonly (readonly Service[])[]

/** The switch reads its configuration from the database; the rest do not know of each other. */
const namespaceServices: ServiceRows = [[ovsdbServer, ovsVswitchd], [libvirtd], [sshListener]]

/** Whether the machine is ready is asked through the relay. Its own services are its own matter. */
const vmServices = (boot: MachineBoot): ServiceRows => [[sshRelay(managementPort), machine(boot)]]

interface StartingHost {
  readonly name: string
  readonly services: ServiceRows
  readonly hasBooted: boolean
}

async function ensureHost(
  { name: host, services, hasBooted }: StartingHost,
  keepers: ReadonlyMap<string, Keeper>,
  state: LabState,
  onProgress: OnProgress,
): Promise<void> {
  const keeper = keepers.get(host)
  if (keeper === undefined) throw new LabError(`${host} is not running`)
  const context: HostContext = { keeper, sshPort: sshPortOf(state, host) }
  const started: StartedUnit[] = hasBooted ? ['multi-user.target'] : []
  const ensureRow = async (row: readonly Service[]): Promise<void> => {
    for (const service of row) {
      if ((await ensureService(service, context)) !== 'started') continue
      onProgress({ node: host, step: `${service.command} started` })
      if (service === ovsVswitchd) started.push('ovs-vswitchd.service')
    }
  }
  await all(services.map(ensureRow))
  if (services !== namespaceServices) return
  for (const [unit, code] of await runWantedUnits(context, started))
    onProgress({ node: host, step: `${unit} ${code === 0 ? 'ran' : 'failed'}` })
}

function requireReady(status: LabStatus): LabStatus {
  if (status.up) return status
  const problems = [...status.hosts, status.wire, status.outside, ...(status.fabric ? [status.fabric] : [])].flatMap((node) =>
    node.problems.map((problem) => `${node.name}: ${problem}`),
  )
  throw new LabError(`the lab is not complete: ${problems.join('; ')}`)
}
