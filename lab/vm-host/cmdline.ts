// What a VM host is told when it boots, on the kernel's command line: the only way that is the same for QEMU started by
// the lab and for a libvirt domain that somebody defines. Read by rootfs/init. Pure.

export interface HostNic {
  /** The name it shall have; without one it keeps the kernel's (eth0, eth1, …). */
  readonly name: string
  readonly mac: string
  /** With prefix length. Hosts of the lab start bare except for the NIC they are managed by. */
  readonly address?: string
}

export interface VmHostSpec {
  readonly hostname: string
  /** `root`, or the one ordinary user, who may `sudo -n`. */
  readonly user: string
  /** A line of an authorized_keys file; its key must be ed25519, as there is little room. */
  readonly publicKey: string
  readonly nics: readonly HostNic[]
  /** Next hop of the default route, when the host shall have one. */
  readonly gateway?: string
}

/**
 * `cryptomgr.notests`: half a second of self-tests. `mitigations=off nokaslr`: an emulated processor gains nothing from
 * them and pays for each. `tsc=unstable`: its time stamp counter cannot be calibrated anyway, trying costs a second.
 * `net.ifnames=0`: names come from the list below, not from emulated slots.
 */
const kernelWords = ['console=ttyS0', 'quiet', 'cryptomgr.notests', 'mitigations=off', 'nokaslr', 'tsc=unstable', 'net.ifnames=0'] as const

/** The kernel cuts longer lines without a word (COMMAND_LINE_SIZE of x86). */
const maxLength = 2047

export function hostCmdline(spec: VmHostSpec): string {
  const words = [
    ...kernelWords,
    `tapline.hostname=${spec.hostname}`,
    `tapline.user=${spec.user}`,
    `tapline.ssh_key=${keyBlob(spec.publicKey)}`,
    ...spec.nics.map((nic) => `tapline.nic=${[nic.name, nic.mac, ...(nic.address === undefined ? [] : [nic.address])].join(',')}`),
    ...(spec.gateway === undefined ? [] : [`tapline.gateway=${spec.gateway}`]),
  ]
  const bad = words.find((word) => /[\s"'\\]/.test(word))
  if (bad !== undefined) throw new Error(`not one word: ${bad}`)
  const line = words.join(' ')
  if (line.length > maxLength) throw new Error(`the kernel reads ${maxLength} characters of its command line, not ${line.length}`)
  return line
}

/** `ssh-ed25519 AAAAC3… comment` → `AAAAC3…`. */
function keyBlob(publicKey: string): string {
  const [type, blob] = publicKey.trim().split(/\s+/)
  if (type !== 'ssh-ed25519' || blob === undefined) throw new Error('only an ssh-ed25519 key fits on the command line')
  return blob
}
