// The first root directory of a VM host: busybox, the drivers of disk and NIC, and rootfs/init, which mounts the disk.

import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CpioEntry } from '../guest/cpio'
import { directoriesFor } from '../guest/initramfs'
import { findModules, type GuestKernel } from '../guest/kernel'

export const rootfs = join(dirname(fileURLToPath(import.meta.url)), 'rootfs')
const busybox = '/bin/busybox'

/** In loading order; what comes later is loaded by name, by the host itself. */
const modules = [
  'virtio_ring',
  'virtio',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'virtio_blk',
  'failover',
  'net_failover',
  'virtio_net',
  'overlay',
  'virtio_console',
  // Without udev nobody makes the device file that would load it on first use.
  'tun',
] as const

export async function hostInitramfsEntries(kernel: GuestKernel): Promise<readonly CpioEntry[]> {
  const paths = await findModules(kernel, modules)
  const contents = await Promise.all([
    file(busybox, 'bin/busybox'),
    file(join(rootfs, 'init'), 'init', 0o755),
    ...paths.map((path) => file(path, `modules/${basename(path)}`)),
  ])
  const order: CpioEntry = { kind: 'file', path: 'modules/order', mode: 0o644, data: Buffer.from(`${modules.join('\n')}\n`) }
  const console: CpioEntry = { kind: 'device', path: 'dev/console', mode: 0o600, major: 5, minor: 1 }
  return [...directoriesFor([...contents, order], ['dev']), console, order, ...contents]
}

async function file(from: string, to: string, mode?: number): Promise<CpioEntry> {
  const [data, facts] = await Promise.all([readFile(from), stat(from)])
  return { kind: 'file', path: to, mode: mode ?? facts.mode & 0o777, data }
}
