// The image of a VM host: kernel, initramfs and a read-only disk, as plain files that QEMU and libvirt can boot anywhere.
// Made once from the packages of this machine and kept in the cache; every host adds a layer of its own on top.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { packCpio } from '../guest/cpio'
import { ensureGuestImage, withCacheLock } from '../guest/image'
import { ensureKernel, type GuestKernel } from '../guest/kernel'
import { cacheDir, draftPrefix } from '../paths'
import { must } from '../run'
import { imagesDir } from '../topology'
import type { OnProgress } from '../types'
import { all } from '../wait'
import { hostInitramfsEntries, rootfs } from './initramfs'
import { closureOf, hostPackages, parseInstalled, type InstalledPackage } from './packages'
import { buildUserland } from './userland'

/** The code that decides what is in an image, besides the files of rootfs/. */
const recipe = ['image.ts', 'initramfs.ts', 'packages.ts', 'userland.ts'].map((file) => join(dirname(rootfs), file))

const imagePrefix = 'host-'
const unusedAfterMs = 24 * 3_600_000

export interface HostImage {
  readonly kernel: string
  readonly initrd: string
  /** ext4 without a partition table, to be attached read-only as the first virtio disk. */
  readonly disk: string
}

export function imageIn(dir: string): HostImage {
  return { kernel: join(dir, 'vmlinuz'), initrd: join(dir, 'initrd.img'), disk: join(dir, 'disk.img') }
}

/**
 * The image as paths inside every host of kind `namespace`, for a libvirt domain that shall be a host itself. Boot it with
 * `hostCmdline`; attach `disk` read-only as the first virtio disk. If the machine shall remember anything after a power cut,
 * give it an ext4 disk of its own as the second (empty: `mke2fs -q -t ext4 FILE 4G`), or attach a copy of `disk` with a
 * journal (`tune2fs -j FILE`) as the first and only one, to be written to.
 */
export async function hostImage(onProgress: OnProgress = () => {}): Promise<HostImage> {
  const guestDir = await ensureGuestImage(onProgress)
  return imageIn(join(imagesDir, basename(await ensureHostImage(guestDir, onProgress))))
}

/** Makes the image unless it is there, and gives its directory. `guestDir` holds the guest's kernel and initramfs. */
export async function ensureHostImage(guestDir: string, onProgress: OnProgress): Promise<string> {
  const cache = cacheDir()
  await mkdir(cache, { recursive: true })
  return withCacheLock(async () => {
    const kernel = await ensureKernel(cache, onProgress)
    const packages = closureOf(parseInstalled(await readFile('/var/lib/dpkg/status', 'utf8')), hostPackages)
    const dir = join(cache, `${imagePrefix}${await digestOf(packages, guestDir)}`)
    if (!existsSync(dir)) {
      onProgress({ node: 'host image', step: 'building' })
      await removeUnused(cache)
      await buildImage(cache, dir, { kernel, guestDir, packages })
    }
    await utimes(dir, new Date(), new Date())
    return dir
  })
}

/** Images are large, and every change of a package or of this code makes a new one. The time of a directory is its last use. */
async function removeUnused(cache: string): Promise<void> {
  const images = (await readdir(cache)).filter((name) => name.startsWith(imagePrefix)).map((name) => join(cache, name))
  const isUnused = async (dir: string): Promise<boolean> => Date.now() - (await stat(dir)).mtimeMs > unusedAfterMs
  await all(images.map(async (dir) => ((await isUnused(dir)) ? rm(dir, { recursive: true, force: true }) : undefined)))
}

interface Ingredients {
  readonly kernel: GuestKernel
  readonly guestDir: string
  readonly packages: readonly InstalledPackage[]
}

/** Built beside and renamed, so that an image that can be seen is complete. */
async function buildImage(cache: string, dir: string, { kernel, guestDir, packages }: Ingredients): Promise<void> {
  const draft = await mkdtemp(join(cache, draftPrefix))
  try {
    const [root, image] = [join(draft, 'root'), imageIn(join(draft, 'image'))]
    await mkdir(join(draft, 'image'))
    await buildUserland(root, { packages: packages.map((each) => each.name), overlay: rootfs, kernelModules: kernel.moduleTree })
    await must(['cp', '--recursive', guestDir, join(root, 'var/lib/tapline-guest')])
    await must(['truncate', '--size', '768M', image.disk])
    await must(['mke2fs', '-q', '-t', 'ext4', '-O', '^has_journal', '-m', '0', '-d', root, image.disk])
    await copyFile(kernel.image, image.kernel)
    await writeFile(image.initrd, packCpio(await hostInitramfsEntries(kernel)))
    await chmod(join(draft, 'image'), 0o755)
    await rename(join(draft, 'image'), dir)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function digestOf(packages: readonly InstalledPackage[], guestDir: string): Promise<string> {
  const hash = createHash('sha256').update(guestDir)
  for (const each of packages) hash.update(`${each.name} ${each.version}\n`)
  // By their names in here: every clone on a machine uses the same image.
  for (const file of [...recipe, ...(await listOverlay())]) hash.update(`${relative(rootfs, file)}\0`).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

async function listOverlay(): Promise<readonly string[]> {
  const entries = await readdir(rootfs, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
