// Command lines of processes in the output of grep, `/proc/4711/cmdline:dnsmasq␟--no-hosts␟`. The read script turns their NULs into unit separators.

export const ARGUMENT_END = '\u001f'
const PROCESS_LINE = /^\/proc\/(\d{1,10})\/cmdline:(.*)$/

/** Pid → arguments as text. */
export type Processes = Map<number, string>

export function addProcess(processes: Processes, line: string): boolean {
  const [, pid, text = ''] = PROCESS_LINE.exec(line) ?? []
  if (pid === undefined) return false
  const before = processes.get(Number(pid))
  // An argument with a line break comes as two lines.
  processes.set(Number(pid), before === undefined ? text : `${before}\n${text}`)
  return true
}

export const argumentsOf = (processes: Processes, pid: number): readonly string[] =>
  (processes.get(pid) ?? '').split(ARGUMENT_END).filter((argument, index, all) => argument !== '' || index < all.length - 1)
