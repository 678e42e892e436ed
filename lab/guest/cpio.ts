// Writes a cpio archive in the "newc" form that the kernel unpacks as its first root directory. Pure and without a
// clock: the same entries give the same bytes. Format: Linux, Documentation/driver-api/early-userspace/buffer-format.rst.

export type CpioEntry =
  | { readonly kind: 'directory'; readonly path: string; readonly mode: number }
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly data: Uint8Array }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** A character device, such as the console the kernel opens before anything is mounted. */
  | { readonly kind: 'device'; readonly path: string; readonly mode: number; readonly major: number; readonly minor: number }

const typeBits = { directory: 0o040000, file: 0o100000, link: 0o120000, device: 0o020000 } as const

/** Entries must come parents first; the kernel makes no directory on its own. */
export function packCpio(entries: readonly CpioEntry[]): Uint8Array {
  const records = entries.map((entry, index) => record(entry, index + 1))
  return Buffer.concat([...records, member('TRAILER!!!', { inode: 0, mode: 0, links: 1 }, new Uint8Array())])
}

function record(entry: CpioEntry, inode: number): Buffer {
  const type = typeBits[entry.kind]
  switch (entry.kind) {
    case 'directory':
      return member(entry.path, { inode, mode: type | entry.mode, links: 2 }, new Uint8Array())
    case 'file':
      return member(entry.path, { inode, mode: type | entry.mode, links: 1 }, entry.data)
    case 'link':
      return member(entry.path, { inode, mode: type | 0o777, links: 1 }, Buffer.from(entry.target))
    case 'device':
      return member(entry.path, { inode, mode: type | entry.mode, links: 1, device: entry }, new Uint8Array())
  }
}

interface MemberHead {
  readonly inode: number
  readonly mode: number
  readonly links: number
  readonly device?: { readonly major: number; readonly minor: number }
}

/** Header of thirteen 8-digit hexadecimal numbers after the magic, name, data; name and data padded to 4 bytes. */
function member(path: string, head: MemberHead, data: Uint8Array): Buffer {
  const name = Buffer.from(`${path}\0`)
  const { major = 0, minor = 0 } = head.device ?? {}
  //               inode       mode     uid gid links      mtime size     dev: major minor, rdev, name size, checksum
  const fields = [head.inode, head.mode, 0, 0, head.links, 0, data.length, 0, 0, major, minor, name.length, 0]
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`)
  return Buffer.concat([padded(Buffer.concat([header, name])), padded(data)])
}

function padded(data: Uint8Array): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
}
