// A kernel that stops its processor at once, for a VM that nobody talks to: it runs, its tap is up, and starting it costs a tenth of
// what a guest costs under emulation. A boot disk without a system would not do: a BIOS that finds nothing to start keeps a whole core busy.
// Pure.

/** Offsets and values of the x86 boot protocol 2.10 (kernel.org, Documentation/arch/x86/boot.rst), as far as a loader asks for them. */
const SECTOR = 512
const header = {
  setupSectors: 0x1f1,
  bootFlag: 0x1fe,
  entry: 0x200,
  magic: 0x202,
  version: 0x206,
  loadFlags: 0x211,
  initrdAddressMax: 0x22c,
  commandLineSize: 0x238,
  end: 0x240,
} as const

/** cli; again: hlt; jmp again. With interrupts off nothing wakes it. */
const HALT = [0xfa, 0xf4, 0xeb, 0xfd] as const

/** A boot sector, one sector of real-mode setup, where it ends, and one of a kernel that is never reached. */
export function haltKernel(): Buffer {
  const image = Buffer.alloc(3 * SECTOR)
  image.writeUInt8(1, header.setupSectors)
  image.writeUInt16LE(0xaa55, header.bootFlag)
  // A short jump over the header.
  image.set([0xeb, header.end - header.magic], header.entry)
  image.write('HdrS', header.magic, 'latin1')
  image.writeUInt16LE(0x020a, header.version)
  image.writeUInt8(1, header.loadFlags)
  image.writeUInt32LE(0x7fffffff, header.initrdAddressMax)
  image.writeUInt32LE(2047, header.commandLineSize)
  image.set(HALT, header.end)
  return image
}
