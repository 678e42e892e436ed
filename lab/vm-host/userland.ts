// The root directory of a VM host, collected from this machine's own installed packages: no downloads, no debootstrap,
// and exactly the versions that the lab's other hosts run.

import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { qemuConf } from '../host/libvirt'
import { nodeAccounts, sudoers } from '../node/accounts'
import { must } from '../run'
import { all } from '../wait'

/** Documentation, translations and what only other hardware needs: nearly half of the bytes. */
const leftOut: readonly RegExp[] = [
  /^\/(dev|proc|sys|tmp|run|boot)(\/|$)/,
  /^\/usr\/share\/(doc|man|locale|info|lintian|iso-codes|xml|bug|bash-completion|zoneinfo|gdb|i18n|icons|applications|common-licenses|perl5|python3|mime|pixmaps)\//,
  /^\/usr\/lib\/(python[^/]*|udev)\//,
  // Programs that would write units at every boot, for disks and logins that a VM host has not.
  /^(\/usr)?\/lib\/systemd\/(system-generators|system-environment-generators|catalog|portable)\//,
  /^\/usr\/lib\/x86_64-linux-gnu\/(gconv|perl)\//,
  /^\/usr\/libexec\/qemu-system-i386$/,
  /^\/etc\/(cron|init\.d|rc.\.d|rcS\.d|apt|apparmor\.d|libvirt\/(qemu|nwfilter|storage|secrets)|ssh\/)/,
]

/** Written by the packages' scripts rather than shipped in them. */
const unpackaged = [
  '/etc/nsswitch.conf',
  '/etc/pam.d/common-account',
  '/etc/pam.d/common-auth',
  '/etc/pam.d/common-password',
  '/etc/pam.d/common-session',
  '/etc/pam.d/common-session-noninteractive',
  '/etc/ld.so.conf',
] as const

/** Merged into /usr, as Debian has it. */
const mergedDirs = ['bin', 'sbin', 'lib', 'lib64'] as const

/** Units that cost seconds of an emulated processor and serve nobody here. */
const maskedUnits = [
  'apparmor.service',
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'console-setup.service',
  'dev-hugepages.mount',
  'dev-mqueue.mount',
  'dpkg-db-backup.timer',
  'e2scrub_reap.service',
  'fstrim.timer',
  'getty@.service',
  'keyboard-setup.service',
  'kmod-static-nodes.service',
  'libvirt-guests.service',
  'logrotate.timer',
  'machines.target',
  'modprobe@.service',
  'networking.service',
  'proc-sys-fs-binfmt_misc.automount',
  'serial-getty@.service',
  'sys-fs-fuse-connections.mount',
  'sys-kernel-config.mount',
  'sys-kernel-debug.mount',
  'sys-kernel-tracing.mount',
  'systemd-ask-password-console.path',
  'systemd-ask-password-wall.path',
  'systemd-binfmt.service',
  'systemd-firstboot.service',
  'systemd-hwdb-update.service',
  'systemd-journal-catalog-update.service',
  'systemd-journal-flush.service',
  'systemd-logind.service',
  'systemd-machine-id-commit.service',
  'systemd-modules-load.service',
  'systemd-network-generator.service',
  'systemd-repart.service',
  'systemd-pcrphase.service',
  'systemd-pcrphase-sysinit.service',
  'systemd-pstore.service',
  'systemd-random-seed.service',
  'systemd-remount-fs.service',
  'systemd-sysusers.service',
  'systemd-timesyncd.service',
  'systemd-tmpfiles-setup-dev.service',
  'systemd-udev-trigger.service',
  'systemd-udevd-control.socket',
  'systemd-udevd-kernel.socket',
  'systemd-udevd.service',
  'systemd-update-utmp.service',
  'systemd-update-utmp-runlevel.service',
  'virtlockd.socket',
  'virtlogd.socket',
] as const

const enabledUnits = ['ovs-vswitchd.service', 'libvirtd.service', 'ssh.service', 'qemu-guest-agent.service'] as const

/** As in Debian's systemd-sysv, which the machine itself may not want. */
const sysvLinks = [
  ['init', '../lib/systemd/systemd'],
  ['halt', '../bin/systemctl'],
  ['poweroff', '../bin/systemctl'],
  ['reboot', '../bin/systemctl'],
  ['shutdown', '../bin/systemctl'],
] as const

const emptyDirs = [
  'dev',
  'proc',
  'sys',
  'run',
  'tmp',
  'home',
  'mnt',
  'root',
  'var/lib/openvswitch',
  'var/log/openvswitch',
  'var/log/libvirt/qemu',
  'var/tmp',
  'etc/ssh/sshd_config.d',
  'etc/sudoers.d',
  'etc/libvirt',
] as const

export interface UserlandParts {
  readonly packages: readonly string[]
  /** Files that take the place of the packages' own, and the kernel's modules as `lib/modules/VERSION`. */
  readonly overlay: string
  readonly kernelModules: string
}

export async function buildUserland(root: string, parts: UserlandParts): Promise<void> {
  await mkdir(join(root, 'usr'), { recursive: true })
  await all(mergedDirs.map((dir) => symlink(`usr/${dir}`, join(root, dir))))
  await copyFromMachine(root, await listFiles(parts.packages))
  await all(emptyDirs.map((dir) => mkdir(join(root, dir), { recursive: true })))
  await all([chmod(join(root, 'tmp'), 0o1777), chmod(join(root, 'var/tmp'), 0o1777), chmod(join(root, 'root'), 0o700)])
  await must(['cp', '--recursive', `${parts.kernelModules}/.`, join(root, 'usr/lib/modules')])
  await all([writeAccounts(root), writeUnits(root), cp(join(parts.overlay, 'etc'), join(root, 'etc'), { recursive: true })])
  await writeFile(join(root, 'etc/libvirt/qemu.conf'), qemuConf)
  await writeFile(join(root, 'etc/libvirt/libvirtd.conf'), 'auth_unix_ro = "none"\nauth_unix_rw = "none"\n')
  await fillInVersions(join(root, 'etc/systemd/system/ovsdb-server.service'))
  await must(['ldconfig', '-r', root])
}

/** What the packages shipped, the links that update-alternatives chose between them, and the few files made by scripts. */
async function listFiles(packages: readonly string[]): Promise<readonly string[]> {
  const shipped = (await must(['dpkg-query', '--listfiles', ...packages]))
    .split('\n')
    .filter((path) => path.startsWith('/') && path !== '/.')
  const listed = [...shipped.filter((path) => !leftOut.some((pattern) => pattern.test(path))), ...unpackaged]
  const real = new Set(listed.filter(isThere).map(inMergedUsr))
  const links = (await listAlternatives()).filter(({ target }) => real.has(inMergedUsr(target)))
  return [...new Set([...real, ...links.flatMap(({ path }) => path)])].filter((path) => !isMergedDir(path)).sort()
}

interface Alternative {
  /** The link in the search path and the link in /etc/alternatives. */
  readonly path: readonly string[]
  readonly target: string
}

async function listAlternatives(): Promise<readonly Alternative[]> {
  const dir = '/etc/alternatives'
  const links = new Map(
    await Promise.all((await readdir(dir)).map(async (name) => [name, await readlink(join(dir, name)).catch(() => '')] as const)),
  )
  const admin = '/var/lib/dpkg/alternatives'
  const texts = await Promise.all((await readdir(admin)).map(async (name) => [name, await readFile(join(admin, name), 'utf8')] as const))
  return texts.flatMap(([name, text]) =>
    alternativeLinks(name, text).flatMap((link) => {
      const target = links.get(link.name)
      if (target === undefined || !existsSync(target) || !isThere(link.path)) return []
      return [{ path: [inMergedUsr(link.path), join(dir, link.name)], target: realpathSync(target) }]
    }),
  )
}

/** First `auto`, the link, then pairs of name and link for each companion until an empty line. */
export function alternativeLinks(name: string, text: string): readonly { readonly name: string; readonly path: string }[] {
  const [, path = '', ...rest] = text.split('\n')
  const companions = rest.slice(0, rest.indexOf(''))
  const pairs = companions.flatMap((line, index) => (index % 2 === 0 ? [{ name: line, path: companions[index + 1] ?? '' }] : []))
  return [{ name, path }, ...pairs]
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

const isMergedDir = (path: string): boolean => mergedDirs.some((dir) => path === `/${dir}`)

/** `/bin/bash` → `/usr/bin/bash`: packages still name what they ship by the old places. */
export function inMergedUsr(path: string): string {
  return mergedDirs.some((dir) => path.startsWith(`/${dir}/`)) ? `/usr${path}` : path
}

/** By tar, for owners, modes, links and capabilities as they are. */
async function copyFromMachine(root: string, paths: readonly string[]): Promise<void> {
  const list = join(dirname(root), `${basename(root)}.list`)
  const archive = join(dirname(root), `${basename(root)}.tar`)
  await writeFile(list, paths.map((path) => `.${path}\n`).join(''))
  await must(['tar', '--create', '--file', archive, '--no-recursion', '--xattrs', '--directory', '/', '--files-from', list])
  await must(['tar', '--extract', '--file', archive, '--xattrs', '--directory', root])
  await all([list, archive].map((file) => rm(file)))
}

async function writeAccounts(root: string): Promise<void> {
  const [passwd, group] = await Promise.all(['/etc/passwd', '/etc/group'].map((file) => readFile(file, 'utf8')))
  const accounts = nodeAccounts({ passwd: passwd ?? '', group: group ?? '' })
  const etc = join(root, 'etc')
  await all([
    writeFile(join(etc, 'passwd'), accounts.passwd),
    writeFile(join(etc, 'group'), accounts.group),
    writeFile(join(etc, 'shadow'), accounts.shadow, { mode: 0o640 }),
  ])
  await writeFile(join(etc, 'sudoers'), `${sudoers()}@includedir /etc/sudoers.d\n`, { mode: 0o440 })
  await all([writeFile(join(etc, 'fstab'), ''), writeFile(join(etc, 'machine-id'), '')])
}

/** By the links that `systemctl mask` and `systemctl enable` would make. */
async function writeUnits(root: string): Promise<void> {
  const system = join(root, 'etc/systemd/system')
  const wants = join(system, 'multi-user.target.wants')
  await rm(system, { recursive: true, force: true })
  await mkdir(wants, { recursive: true })
  const links: readonly (readonly [path: string, target: string])[] = [
    ...maskedUnits.map((unit) => [join(system, unit), '/dev/null'] as const),
    ...enabledUnits.map((unit) => [join(wants, unit), `/etc/systemd/system/${unit}`] as const),
    ...sysvLinks.map(([name, target]) => [join(root, 'usr/sbin', name), target] as const),
    [join(system, 'default.target'), '/usr/lib/systemd/system/multi-user.target'],
  ]
  await all(links.map(([path, target]) => replaceLink(path, target)))
}

async function replaceLink(path: string, target: string): Promise<void> {
  await rm(path, { force: true })
  await symlink(target, path)
}

async function fillInVersions(unit: string): Promise<void> {
  const [ovs, database] = await Promise.all([
    must(['ovs-vswitchd', '--version']),
    must(['ovsdb-tool', 'schema-version', '/usr/share/openvswitch/vswitch.ovsschema']),
  ])
  const version = (text: string): string => /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'unknown'
  const text = await readFile(unit, 'utf8')
  await writeFile(unit, text.replace('@OVS_VERSION@', version(ovs)).replace('@DB_VERSION@', version(database)))
}
