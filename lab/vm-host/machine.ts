// A VM host as a service of its node. The node is what a rack would be for a real machine: it holds the cables and the
// process, and when its keeper ends, the machine ends with it. Everything people call the host happens inside the machine.

import { readFile } from 'node:fs/promises'
import { readBannerProblem } from '../host/sshd'
import { onHost, type HostContext, type Service } from '../host/service'
import { processesOf } from '../node/keeper'
import { cablesOf, imagesDir, type HostSpec } from '../topology'
import { hostCmdline, type HostNic } from './cmdline'
import { imageIn } from './image'
import { tapOf } from './sockets'

/** As the kernel shows it, cut to 15 characters. */
const command = 'qemu-system-x86'

/** A host that is emulated while its own guests are emulated in it may be slow without being broken. */
const answerTimeoutMs = 20_000
const bootTimeoutMs = 240_000

/** QEMU's user network: reachable from here through one forwarded port, and unable to reach anything itself. It would hand out IPv6 addresses. */
const management: HostNic = { name: 'mgmt', mac: '02:00:00:00:00:99', address: '10.0.2.15/24' }
export const managementPort = 22

export const machineDisk = '/var/lib/tapline/disk.img'
const consoleLog = '/var/log/console.log'

export async function findMachineProblem({ keeper, sshPort }: HostContext): Promise<string | undefined> {
  if (processesOf(keeper, command).length === 0) return 'the machine is switched off'
  return readBannerProblem(sshPort, answerTimeoutMs)
}

export interface MachineBoot {
  readonly spec: HostSpec
  /** Name of the image's directory in the cache. */
  readonly image: string
  readonly publicKeyFile: string
}

export function machine(boot: MachineBoot): Service {
  return {
    command,
    startTimeoutMs: bootTimeoutMs,
    findProblem: findMachineProblem,
    start: async (host) => {
      await onHost(host, machineArgv(boot, await readFile(boot.publicKeyFile, 'utf8')))
    },
  }
}

export function machineArgv({ spec, image }: MachineBoot, publicKey: string): readonly string[] {
  const { kernel, initrd, disk } = imageIn(`${imagesDir}/${image}`)
  const cables = cablesOf(spec.name)
  const nics = [management, ...cables.map(({ nic, mac }) => ({ name: nic, mac }))]
  const cmdline = hostCmdline({ hostname: spec.name, user: spec.user, publicKey, nics })
  return [
    'qemu-system-x86_64',
    '-name',
    spec.name,
    '-daemonize',
    '-nodefaults',
    '-no-user-config',
    '-display',
    'none',
    ...processor,
    '-kernel',
    kernel,
    '-initrd',
    initrd,
    '-append',
    cmdline,
    '-serial',
    `file:${consoleLog}`,
    '-device',
    'virtio-rng-pci',
    ...drive('lower', disk, 'readonly=on'),
    ...drive('upper', machineDisk, 'cache=unsafe'),
    '-netdev',
    `user,id=mgmt,ipv6=off,restrict=on,hostfwd=tcp:127.0.0.1:${managementPort}-:22`,
    '-device',
    `virtio-net-pci,netdev=mgmt,mac=${management.mac},romfile=`,
    ...cables.flatMap((cable) => [
      '-netdev',
      `tap,id=${cable.nic},ifname=${tapOf(cable)},script=no,downscript=no,vnet_hdr=off`,
      '-device',
      `virtio-net-pci,netdev=${cable.nic},mac=${cable.mac},romfile=,${withoutOffload}`,
    ]),
  ]
}

/**
 * Two processors, so that a guest and the host that emulates it run side by side. Of a kind without AVX: programs would
 * use it, and emulated it is slower than what it replaces.
 */
const processor = ['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'Nehalem-v1', '-smp', '2', '-m', '1024'] as const

/** What leaves the machine is complete: nobody on the wire computes checksums or cuts large packets (node/cabling.ts). */
const withoutOffload = [
  'csum',
  'gso',
  'guest_csum',
  'guest_tso4',
  'guest_tso6',
  'guest_ecn',
  'guest_ufo',
  'host_tso4',
  'host_tso6',
  'host_ecn',
  'host_ufo',
]
  .map((feature) => `${feature}=off`)
  .join(',')

function drive(id: string, file: string, option: string): readonly string[] {
  return ['-drive', `id=${id},file=${file},if=none,format=raw,${option}`, '-device', `virtio-blk-pci,drive=${id}`]
}
