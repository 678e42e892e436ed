// What the kernel says about processes. The lab keeps no pid files of its own: a pid in a file can be stale, /proc
// cannot. Everything here is synchronous reading of /proc, a few milliseconds for a few hundred processes.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ProcessRef {
  readonly pid: number
  /** Clock ticks after boot. With the pid it names one process for good, even after the pid was reused. */
  readonly startTime: string
}

export function listPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
}

/** A file of /proc/<pid>, or nothing when the process has gone or is not ours to read. */
export function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}

/** The children that a process's first thread has now. */
export function childrenOf(pid: number | undefined): readonly number[] {
  const list = pid === undefined ? undefined : readProc(pid, `task/${pid}/children`)
  return (list ?? '')
    .split(' ')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
}

/** Identity of a namespace, such as `pid:[4026532281]`. */
export function namespaceOf(pid: number, kind: 'pid' | 'net'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`)
  } catch {
    return undefined
  }
}

export function refOf(pid: number): ProcessRef | undefined {
  const stat = readProc(pid, 'stat')
  const startTime = stat === undefined ? undefined : parseStartTime(stat)
  return startTime === undefined ? undefined : { pid, startTime }
}

/** `5792 (sleep) S 5790 … 22nd field …`: the name may hold spaces and parentheses, so count from the last one. */
export function parseStartTime(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** `NSpid:\t5792\t1`: the pid seen from here, then from each namespace further in. */
export function parseNamespacePids(status: string): readonly number[] {
  const line = /^NSpid:\s*(.*)$/m.exec(status)?.[1] ?? ''
  return line.split(/\s+/).filter(Boolean).map(Number)
}

/** Ends exactly the process that was seen, not another that got its number meanwhile. */
export function killProcess(process_: ProcessRef, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (refOf(process_.pid)?.startTime !== process_.startTime) return
  try {
    process.kill(process_.pid, signal)
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}
