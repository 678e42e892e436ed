// Command lines of processes in the output of grep, `/proc/4711/cmdline:dnsmasq␟--no-hosts␟`, each followed by its state, `/proc/4711/stat:4711 (dnsmasq) S 1 …`.
// The read script turns their NULs into unit separators.

export const ARGUMENT_END = '\u001f'
const PROCESS_LINE = /^\/proc\/(\d{1,10})\/(cmdline|stat):(.*)$/
/** Stopped by a signal (proc(5)): it serves nobody until another one. */
const IS_STOPPED = /\) T [^)]*$/

/** Pid → arguments as text, of those that run. */
export type Processes = Map<number, string>

export function addProcess(processes: Processes, line: string): boolean {
  const [, pid, file, text = ''] = PROCESS_LINE.exec(line) ?? []
  if (pid === undefined) return false
  if (file === 'stat') {
    if (IS_STOPPED.test(text)) processes.delete(Number(pid))
    return true
  }
  const before = processes.get(Number(pid))
  // An argument with a line break comes as two lines.
  processes.set(Number(pid), before === undefined ? text : `${before}\n${text}`)
  return true
}

export const argumentsOf = (processes: Processes, pid: number): readonly string[] =>
  (processes.get(pid) ?? '').split(ARGUMENT_END).filter((argument, index, all) => argument !== '' || index < all.length - 1)
