// Next calls this once when a server starts, not when it builds.

export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { refuseTrace } = await import('./server/api/refuse-trace')
  refuseTrace()
  const { openConsole } = await import('./server/api/open-console')
  await openConsole()
}
