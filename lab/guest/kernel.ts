// The guest's kernel: Debian's cloud kernel, downloaded once and unpacked into the cache. It is not installed, because
// the machine's /boot and its boot loader are none of the lab's business.

import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { exitCodes, LabError } from '../errors'
import { guestKernelPackage } from '../packages'
import { draftPrefix } from '../paths'
import { must, run } from '../run'
import type { OnProgress } from '../types'

/**
 * Drivers in loading order: the virtio bus, the NIC, then 802.1Q with what it needs, then the serial port of the guest
 * agent. With these a guest can make VLAN subinterfaces even where the machine's own kernel cannot.
 */
export const modules = [
  'virtio_ring',
  'virtio',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'failover',
  'net_failover',
  'virtio_net',
  'llc',
  'stp',
  'garp',
  'mrp',
  '8021q',
  'virtio_console',
] as const

export interface GuestKernel {
  readonly image: string
  /** As /lib/modules: one directory, named after the kernel's version, with every driver and their dependencies. */
  readonly moduleTree: string
}

const downloadTimeoutMs = 300_000

/** A kernel that is in the cache is used as it is; newer ones are not looked for, so a lab also starts without a net. */
export async function ensureKernel(cache: string, onProgress: OnProgress): Promise<GuestKernel> {
  const dir = join(cache, 'kernel-tree')
  const kernel = { image: join(dir, 'vmlinuz'), moduleTree: join(dir, 'modules') }
  if (existsSync(dir)) return kernel
  const draft = await mkdtemp(join(cache, draftPrefix))
  try {
    onProgress({ node: 'guest image', step: 'downloading the kernel' })
    await unpackKernel(draft, await download(draft))
    await rename(join(draft, 'kernel'), dir)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return kernel
}

async function download(dir: string): Promise<string> {
  const version = (await resolveKernelPackage()) ?? (await updateLists(), await resolveKernelPackage())
  if (version === undefined) throw new LabError(`the package sources do not offer ${guestKernelPackage}`, exitCodes.unavailable)
  // As root without apt's sandbox user, which may not write into the cache directory.
  await must(['apt-get', '--quiet', '--option', 'APT::Sandbox::User=root', 'download', version], { cwd: dir, timeoutMs: downloadTimeoutMs })
  const file = (await readdir(dir)).find((name) => name.endsWith('.deb'))
  if (file === undefined) throw new LabError(`apt-get downloaded nothing for ${version}`)
  return join(dir, file)
}

async function updateLists(): Promise<void> {
  await must(['apt-get', '--quiet', 'update'], { timeoutMs: downloadTimeoutMs })
}

async function resolveKernelPackage(): Promise<string | undefined> {
  const shown = await run(['apt-cache', '--no-all-versions', 'show', guestKernelPackage])
  return parseKernelDependency(shown.stdout)
}

/** `Depends: linux-image-6.1.0-56-cloud-amd64 (= 6.1.192-2)`: the name without a version is an empty package. */
export function parseKernelDependency(shown: string): string | undefined {
  return /^Depends:.*?\b(linux-image-\d\S*-cloud-\w+)/m.exec(shown)?.[1]
}

async function unpackKernel(dir: string, deb: string): Promise<void> {
  const tree = join(dir, 'tree')
  const target = join(dir, 'kernel')
  await must(['dpkg-deb', '--extract', deb, tree])
  await mkdir(target)
  const boot = await readdir(join(tree, 'boot'))
  const image = boot.find((name) => name.startsWith('vmlinuz-'))
  if (image === undefined) throw new LabError(`${basename(deb)} holds no kernel`)
  await copyFile(join(tree, 'boot', image), join(target, 'vmlinuz'))
  await must(['depmod', '--basedir', tree, ...(await readdir(join(tree, 'lib', 'modules')))])
  await rename(join(tree, 'lib', 'modules'), join(target, 'modules'))
}

/** The files of these modules, in the same order. */
export async function findModules(kernel: GuestKernel, names: readonly string[]): Promise<readonly string[]> {
  const paths = await readdir(kernel.moduleTree, { recursive: true })
  return names.map((name) => {
    const path = paths.find((each) => basename(each) === `${name}.ko`)
    if (path === undefined) throw new LabError(`the guest's kernel has no module ${name}.ko`)
    return join(kernel.moduleTree, path)
  })
}
