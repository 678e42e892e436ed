// Makes a table of a real database refuse what is written to it, as a full disk does.

import { databaseUrlOf } from '../../env'
import { openDatabase } from '../database'

export async function breakTable(
  dataDirectory: string,
  table: string,
  operation: 'INSERT' | 'UPDATE' | 'DELETE',
): Promise<{ mend(): Promise<void> }> {
  const sql = async (statement: string): Promise<void> => {
    const database = openDatabase(databaseUrlOf(dataDirectory))
    await database.write((tx) => tx.$executeRawUnsafe(statement))
    await database.close()
  }
  const name = `broken_${table}_${operation}`
  await sql(`CREATE TRIGGER ${name} BEFORE ${operation} ON ${table} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`)
  return { mend: () => sql(`DROP TRIGGER ${name}`) }
}
