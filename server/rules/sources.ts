// The files of the project and what they import, for the tests of the house rules.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const NOT_OURS = ['node_modules', '.next', 'fixtures', 'generated']

export function listFiles(directory: string, isWanted: (path: string) => boolean): string[] {
  return readdirSync(join(root, directory)).flatMap((name) => {
    const path = join(directory, name)
    if (NOT_OURS.includes(name)) return []
    if (statSync(join(root, path)).isDirectory()) return listFiles(path, isWanted)
    return isWanted(path) ? [path] : []
  })
}

export const listSources = (directory: string): string[] => listFiles(directory, (path) => /\.(ts|tsx|mjs)$/.test(path))

/** Test support too, and the rules themselves. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/(testing|fixtures)\/|^server\/rules\//.test(path)

const IMPORT = /^(?:import|export)\s(?:[^'"=;()]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm

export interface Import {
  readonly file: string
  /** A path from the root for our own modules, the package name otherwise. */
  readonly target: string
  readonly isType: boolean
  /** What it takes by name; null for the module as a whole. */
  readonly names: readonly string[] | null
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? ''
    const target = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name
    return { file, target, isType: /^\s*(import|export)\s+type\b/.test(match[0]), names: namesIn(match[0]) }
  })
}

/** `import { type A, b as c } from`: A and b. */
function namesIn(text: string): readonly string[] | null {
  if (/^import\(|\*/.test(text)) return null
  const list = /\{([^}]*)\}/.exec(text)?.[1] ?? ''
  return list.split(',').flatMap((name) => /^(?:type )?(\w+)/.exec(name.trim())?.[1] ?? [])
}
