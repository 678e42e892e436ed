// The disk of one VM host: the writable layer over the image, with the host's SSH key in it so that its fingerprint is
// known before it boots for the first time.

import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeHostKey } from '../host/sshd'
import { must } from '../run'
import { machineDisk } from './machine'

/** Sparse: takes the room that is written to. */
const size = '4G'

export async function makeMachineDisk(nodeDir: string, node: string): Promise<void> {
  await writeHostKey(nodeDir, node)
  const seed = await mkdtemp(join(nodeDir, 'seed-'))
  try {
    await mkdir(join(seed, 'root', 'etc'), { recursive: true })
    await cp(join(nodeDir, 'etc', 'ssh'), join(seed, 'root', 'etc', 'ssh'), { recursive: true })
    const disk = join(nodeDir, machineDisk)
    await must(['truncate', '--size', size, disk])
    await must(['mke2fs', '-q', '-t', 'ext4', '-m', '0', '-E', 'root_owner=0:0', '-d', seed, disk])
  } finally {
    await rm(seed, { recursive: true, force: true })
  }
}
