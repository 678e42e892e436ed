// A program of a few lines that imports ours, as one file: tsx would ask for each module by a message, which takes seconds of processor each time
// the whole console is loaded.

import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'

export interface BundledProgram {
  /** What Node is started with. */
  readonly file: string
  remove(): void
}

/** `program`: an ES module that names ours from the repository's root, such as `./server/api/context.ts`. */
export function bundleProgram(program: string): BundledProgram {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-program-'))
  const file = join(directory, 'program.mjs')
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'))
  buildSync({
    stdin: { contents: program, resolveDir: resolve('.'), loader: 'js' },
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    tsconfig: resolve('tsconfig.json'),
    logLevel: 'error',
  })
  return { file, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
