// The domain that is known to boot the guest image under emulation, as libvirt 9 wants it. The lab does not define
// guests; this is for its own proof, and the example for whoever does. Pure.

import { guestInitrd, guestKernel } from '../topology'

export interface GuestDomain {
  /** Also the guest's host name. Letters, digits and dashes, as nothing here is escaped. */
  readonly name: string
  readonly bridge: string
  readonly tap: string
  readonly mac: string
  readonly mtu: number
}

/**
 * `type='qemu'` on purpose: a machine may show /dev/kvm and still be unable to run a guest with it.
 * `cryptomgr.notests` saves half a second of self-tests, an eighth of the boot. No USB, no balloon, no boot ROM: each
 * costs time in the emulated firmware.
 */
export const guestDomainXml = ({ name, bridge, tap, mac, mtu }: GuestDomain): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${guestKernel}</kernel>
    <initrd>${guestInitrd}</initrd>
    <cmdline>console=ttyS0 quiet cryptomgr.notests tapline.hostname=${name}</cmdline>
  </os>
  <features><acpi/></features>
  <cpu mode='custom' match='exact'><model fallback='forbid'>qemu64</model></cpu>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <controller type='usb' model='none'/>
    <interface type='bridge'>
      <mac address='${mac}'/>
      <source bridge='${bridge}'/>
      <target dev='${tap}'/>
      <model type='virtio'/>
      <driver name='qemu'/>
      <mtu size='${mtu}'/>
      <rom enabled='no'/>
    </interface>
    <serial type='pty'>
      <log file='/var/log/libvirt/qemu/${name}-console.log' append='off'/>
    </serial>
    <channel type='unix'>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <memballoon model='none'/>
  </devices>
</domain>
`
