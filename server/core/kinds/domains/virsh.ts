// How libvirt is called.

export const LIBVIRT_URI = 'qemu:///system'

export const virsh = (...args: string[]): string[] => ['virsh', '-q', '-c', LIBVIRT_URI, ...args]

/** Starting a VM takes seconds; minutes where the host itself is emulated, as one inside a VM without KVM is. */
export const LIBVIRT_TIMEOUT = { timeoutMs: 240_000 }
