// How libvirt is called.

export const LIBVIRT_URI = 'qemu:///system'

export const virsh = (...args: string[]): string[] => ['virsh', '-q', '-c', LIBVIRT_URI, ...args]

/** Starting a VM and waiting for its guest take seconds, on a busy host tens of them. */
export const LIBVIRT_TIMEOUT = { timeoutMs: 60_000 }
