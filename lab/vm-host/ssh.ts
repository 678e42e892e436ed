// The way into a VM host for the lab itself: OpenSSH with the lab's key and the host's key as the lab made it. There is no
// namespace to step into. Commands run as root, by sudo where the host is entered as somebody else.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readHostKey } from '../host/sshd'
import { labPaths } from '../paths'
import { nodeDir, readState, sshPortOf } from '../state'
import { LabError, exitCodes } from '../errors'
import type { HostSpec } from '../topology'

export async function sshArgv(lab: string, host: HostSpec, argv: readonly string[], hasTerminal = false): Promise<readonly string[]> {
  const state = await readState(lab)
  if (state === undefined) throw new LabError(`lab "${lab}" is not up`, exitCodes.unavailable)
  const { sshDir, privateKey } = labPaths(lab)
  const knownHosts = join(sshDir, `known-${host.name}`)
  const [type, blob] = (await readHostKey(nodeDir(lab, host.name))).split(' ')
  await writeFile(knownHosts, `${host.name} ${type} ${blob}\n`)
  // The key exchange that is cheapest for an emulated processor: OpenSSH's first choice takes it a second longer.
  const options = [
    'KexAlgorithms=curve25519-sha256',
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `HostKeyAlias=${host.name}`,
    `UserKnownHostsFile=${knownHosts}`,
    'LogLevel=ERROR',
    // One login for all commands: each costs an emulated processor a second. What keeps the connection ends with it, and so with the machine.
    'ControlMaster=auto',
    'ControlPersist=yes',
    `ControlPath=${join(sshDir, `way-${host.name}`)}`,
  ]
  const asRoot = host.user === 'root' ? argv : ['sudo', '-n', '--', ...argv]
  return [
    'ssh',
    '-F',
    'none',
    '-i',
    privateKey,
    ...options.flatMap((option) => ['-o', option]),
    ...(hasTerminal ? ['-tt'] : []),
    '-p',
    String(sshPortOf(state, host.name)),
    `${host.user}@127.0.0.1`,
    asRoot.map(quote).join(' '),
  ]
}

/** One word for the host's shell, whatever is in it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
