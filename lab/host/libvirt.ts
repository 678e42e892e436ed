// libvirt on a host: one daemon, run by hand. No default network (its bridge and firewall rules are not ours to want),
// no cgroups, no security driver, no namespaces of its own: the host already is one.

import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askClient, onHost, type Service } from './service'

export const libvirtUri = 'qemu:///system'

export const libvirtd: Service = {
  command: 'libvirtd',
  findProblem: (host) => askClient(host, 'libvirtd', ['virsh', '--quiet', '--connect', libvirtUri, 'uri']),
  start: async (host) => {
    // --daemon returns when the sockets are there and the drivers are loaded.
    await onHost(host, ['libvirtd', '--daemon', '--pid-file', '/run/libvirtd.pid'])
  },
}

/** Without a UUID of its own, every host would report the one of the machine's firmware. */
const libvirtdConf = (): string => `host_uuid = "${randomUUID()}"
unix_sock_group = "root"
unix_sock_rw_perms = "0770"
auth_unix_ro = "none"
auth_unix_rw = "none"
log_outputs = "2:file:/var/log/libvirt/libvirtd.log"
`

/**
 * stdio_handler "file" lets QEMU write its own logs, so that virtlogd is not needed; lock_manager "nop" does the same
 * for virtlockd. remember_owner needs extended attributes in a name space that only the initial mount may have.
 */
export const qemuConf = `user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
lock_manager = "nop"
`

export async function writeLibvirtConfig(etc: string): Promise<void> {
  const dir = join(etc, 'libvirt')
  await mkdir(join(dir, 'qemu', 'networks', 'autostart'), { recursive: true })
  await Promise.all([writeFile(join(dir, 'libvirtd.conf'), libvirtdConf()), writeFile(join(dir, 'qemu.conf'), qemuConf)])
}
