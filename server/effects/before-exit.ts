// What a process still has to do when it is told to end. Whoever serves the console listens to the signal as well, and ends the process
// when its connections are closed, which without any takes a moment: so this comes first, and then the others have their turn.

/** Less than the patience of whoever sent the signal (scripts/end-server.ts). */
const GRACE_MS = 1000

/** Once per process; of listeners that come later nothing is known. A second signal does not wait for the work. */
export function beforeExit(work: () => Promise<void>, graceMs = GRACE_MS): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const others = process.listeners(signal)
    let isAsked = false
    let isOver = false
    const handOn = () => {
      if (isOver) return
      isOver = true
      process.off(signal, first)
      for (const other of others) process.on(signal, other)
      process.kill(process.pid, signal)
    }
    const first = () => {
      if (isAsked) return handOn()
      isAsked = true
      setTimeout(handOn, graceMs)
      void work().then(handOn, handOn)
    }
    process.removeAllListeners(signal)
    process.on(signal, first)
  }
}
