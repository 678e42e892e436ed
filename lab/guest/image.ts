// The guest image: kernel and initramfs, and a kernel that does nothing, in one directory of the cache, named after what went into it. Made once, shared
// by all labs, and made again only when a program, a script or this code changes.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../lock'
import { cacheDir, draftPrefix } from '../paths'
import type { OnProgress } from '../types'
import { packCpio } from './cpio'
import { initramfsEntries, initramfsInputs } from './initramfs'
import { haltKernel } from './halt-kernel'
import { ensureKernel, type GuestKernel } from './kernel'

/** Raise it when the way an image is put together changes without any input changing. */
const recipe = '2'

/** Gives the directory that holds `vmlinuz`, `initrd.img` and `halt`. */
export async function ensureGuestImage(onProgress: OnProgress): Promise<string> {
  const cache = cacheDir()
  await mkdir(cache, { recursive: true })
  return withCacheLock(async () => {
    await removeDrafts(cache)
    const kernel = await ensureKernel(cache, onProgress)
    const dir = join(cache, `image-${await digestOf([kernel.image, ...(await initramfsInputs())])}`)
    if (!existsSync(dir)) {
      onProgress({ node: 'guest image', step: 'building' })
      await buildImage(cache, dir, kernel)
    }
    return dir
  })
}

/** One builder at a time, whatever is built: a draft that is there while nobody builds is what a crash left. */
export function withCacheLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('guest image', work)
}

/** Removes what a crash in the middle of a download or a build left behind. */
export async function clearDrafts(): Promise<void> {
  if (existsSync(cacheDir())) await withCacheLock(() => removeDrafts(cacheDir()))
}

async function removeDrafts(cache: string): Promise<void> {
  const drafts = (await readdir(cache)).filter((name) => name.startsWith(draftPrefix))
  await Promise.all(drafts.map((name) => rm(join(cache, name), { recursive: true, force: true })))
}

/** Built beside and renamed, so that an image that can be seen is complete. */
async function buildImage(cache: string, dir: string, kernel: GuestKernel): Promise<void> {
  const draft = await mkdtemp(join(cache, draftPrefix))
  try {
    await copyFile(kernel.image, join(draft, 'vmlinuz'))
    // Not compressed: the guest's processor is emulated, and reading is cheaper for it than unpacking.
    await writeFile(join(draft, 'initrd.img'), packCpio(await initramfsEntries(kernel)))
    await writeFile(join(draft, 'halt'), haltKernel())
    await chmod(draft, 0o755)
    await rename(draft, dir)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Files of this code count by their names in here: every clone on a machine uses the same image. */
const here = dirname(fileURLToPath(import.meta.url))

async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(recipe)
  for (const file of files) hash.update(`${file.startsWith(here) ? relative(here, file) : file}\0`).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}
