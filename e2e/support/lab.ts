// The lab from the tests' side: what `lab status` says, and commands on its hosts past the console.

import { labExec, type LabHost } from '@/lab/lab'
import { labName, readStage } from './settings'

export const hostNames = ['net1', 'cmp1', 'cmp2'] as const
export type HostName = (typeof hostNames)[number]

export function labHost(name: HostName): LabHost {
  const host = readStage().lab.hosts.find((candidate) => candidate.name === name)
  if (!host) throw new Error(`the lab has no host ${name}`)
  return host
}

/** A command by hand, as root on the host; its output. */
export async function onHost(name: HostName, ...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(labName, name, argv)
  if (code !== 0) throw new Error(`${name}: ${argv.join(' ')} failed with ${code}: ${stderr || stdout}`)
  return stdout.trim()
}

/** How the lab's guests start; files are on every host. */
export const kernelCommandLine = (vmName: string): string => `console=ttyS0 quiet cryptomgr.notests tapline.hostname=${vmName}`
